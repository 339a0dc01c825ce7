// Words, numbers and dates in a language.
"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");
const { language, load } = require("./page.js");

const M = load("words.js");
const english = M.voice("en", language("en"));
const burmese = M.voice("my", language("my"));

test("numbers are grouped by thousands, in the language's own digits", () => {
  assert.equal(english.number(0), "0");
  assert.equal(english.number(999), "999");
  assert.equal(english.number(1183300), "1,183,300");
  assert.equal(burmese.number(330), "၃၃၀");
  assert.equal(burmese.inDigits("2024"), "၂၀၂၄");
});

test("a day counted from 1970 is written as a date, whatever the reader's time zone", () => {
  assert.equal(english.day(0), "1 January 1970");
  assert.equal(english.day(18659), "1 February 2021");
  assert.equal(english.day(18659, "month"), "February 2021");
  assert.equal(english.day(18686), "28 February 2021");
});

test("a date of a source is as exact as it was given", () => {
  assert.equal(english.iso("2024-09-07"), "7 September 2024");
  assert.equal(english.iso("2024-09"), "September 2024");
  assert.equal(english.iso("2024"), "2024");
  assert.equal(burmese.iso("2024"), "၂၀၂၄");
  assert.equal(english.iso("soon"), "soon");
});

test("a sentence takes its values as they are, and an unknown sentence is told", () => {
  const voice = M.voice("en", { digits: "0123456789", group: ",", months: [], words: { one: "{name} of {name}, {n}" } });
  assert.equal(voice.say("one", { name: "$& {n}", n: "$1" }), "$& {n} of $& {n}, $1");
  assert.throws(() => voice.say("two"), /no words for two/);
});

test("a count is in the singular where the language has one", () => {
  const words = { towns: "{n} towns", "towns.one": "{n} town", thing: "{n} thing" };
  const voice = M.voice("en", { digits: "0123456789", group: ",", months: [], words });
  assert.deepEqual([0, 1, 2].map((n) => voice.count("towns", n)), ["0 towns", "1 town", "2 towns"]);
  assert.equal(voice.count("thing", 1), "1 thing");
});

test("a text is cut between letters, never inside one", () => {
  assert.equal(M.short("abcdef", 6), "abcdef");
  assert.equal(M.short("abcdefg", 6), "abcde…");
  assert.equal(M.short("😀😀😀", 2), "😀…");
  assert.equal(M.short("x".repeat(100000), 80).length, 80);
});
