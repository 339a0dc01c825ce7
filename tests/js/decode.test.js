// Numbers and shapes, from text.
"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");
const { load, plain } = require("./page.js");

const M = load("decode.js");

test("the alphabet has no letter that JSON, HTML or a template would take for its own", () => {
  assert.equal(M.ALPHABET.length, 85);
  assert.equal(new Set(M.ALPHABET).size, 85);
  for (const letter of "\"\\<>&{%'") assert.ok(!M.ALPHABET.includes(letter), letter);
});

test("digits of 42, the lowest first", () => {
  assert.deepEqual(plain(M.digits("")), []);
  const [none, most, more, one] = [0, 41, 42, 1].map((value) => M.ALPHABET[value]);
  assert.deepEqual(plain(M.digits(none + most + more + one)), [0, 41, 42]);
});

test("steps from -41 to 41 take one letter, the others say which way", () => {
  const [far, back] = [M.ALPHABET[84], M.ALPHABET[83]];
  assert.deepEqual(plain(M.steps(far + M.ALPHABET[0] + back + M.ALPHABET[1])), [42, -43]);
  assert.deepEqual(plain(M.steps(M.ALPHABET[0] + M.ALPHABET[41] + M.ALPHABET[82])), [-41, 0, 41]);
});

test("ascending numbers are sums of steps", () => {
  assert.deepEqual(plain(M.ascending(M.ALPHABET[46] + M.ALPHABET[42] + M.ALPHABET[40])), [5, 6, 5]);
});

test("rows come from columns of steps", () => {
  const text = [1, 2, -3, 10, 0, 5].map((step) => M.ALPHABET[step + 41]).join("");
  assert.deepEqual(plain(M.rows(text, 3)), [[1, 10], [3, 10], [0, 15]]);
  assert.deepEqual(plain(M.rows("", 2)), [[], []]);
});

test("a box lies around a ring, and one around boxes", () => {
  const arcs = [Int32Array.of(0, 5, 4, 9), Int32Array.of(4, 9, -2, 7, 0, 5)];
  assert.deepEqual(plain(M.around(arcs, [0, 2])), [-2, 5, 4, 9]);
  assert.deepEqual(plain(M.join([[0, 0, 1, 1], [-3, 2, 0, 8]])), [-3, 0, 1, 8]);
});

test("arcs lie each in its own cell and begin where that holds the one before", () => {
  const number = (value) => M.ALPHABET[value];
  const steps = (...values) => values.map((value) => number(value + 41)).join("");
  const found = M.topology({
    coarse: 8,
    rings: [1, 1, 0, 2, 1, 0, 2, 0, 3].map(number).join(""),
    sizes: [4 * 2 + 3, 4 * 2, 4 * 1 + 2].map(number).join(""),
    starts: steps(13, 3, 3, 1, -1, 1),
    steps: steps(1, 0, -1, 0, -3, 1, 3, -1, 0, 0),
  });
  assert.deepEqual(plain(found.arcs.map((arc) => Array.from(arc))), [[13, 3, 14, 3, 13, 3], [32, 8, 8, 16, 32, 8], [30, 10, 30, 10]]);
  assert.deepEqual(plain(found.shapes), [[[0]], [[2], [4, 2]]]);
});
