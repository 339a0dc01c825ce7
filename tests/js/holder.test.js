// By holder: which land lies together, and where its name stands.
"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");
const { load, plain } = require("./page.js");

const M = load("decode.js", "holder.js");

/* Six townships in a row, each touching the next; the last arc has land on one side only. */
const SIDES = [[0, 1], [1, 2], [2, 3], [3, 4], [4, 5], [5, -1]];

test("townships of one look that touch lie together, the largest land first", () => {
  assert.deepEqual(plain(M.together(SIDES, [8, 8, 0, 8, 8, 8])), [[3, 4, 5], [0, 1], [2]]);
});

test("land that meets in a ring is one land", () => {
  assert.deepEqual(plain(M.together([[0, 2], [1, 3], [3, 0], [2, 1]], [8, 8, 8, 8])), [[0, 1, 2, 3]]);
});

test("a name stands in the township nearest to the middle, with the width of all its land; classes have none", () => {
  const app = {
    data: { lists: { classes: ["a", "b"] }, townships: { point: [5, 5, 15, 5, 25, 5, 35, 5, 45, 5, 55, 5] } },
    looks: ["a", "b", "AA"],
    classes: (slice) => [[2, 2, 2, 1, 0, 2], [0, 0, 0, 0, 0, 0]][slice],
    lookName: (name) => name,
    scene: { sides: SIDES, shapes: [0, 1, 2, 3, 4, 5].map((i) => ({ box: [10 * i, 0, 10 * i + 10, 10] })) },
  };
  assert.deepEqual(plain(M.holderNames(app, 0)), [
    { text: "AA", township: 1, room: 30 },
    { text: "AA", township: 5, room: 10 },
  ]);
  assert.deepEqual(plain(M.holderNames(app, 1)), []);
});
