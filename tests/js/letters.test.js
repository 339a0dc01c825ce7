// Texts that Python writes short, read back.
"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const test = require("node:test");
const { language, load, plain } = require("./page.js");

const { payload, silent, names } = JSON.parse(fs.readFileSync(process.env.MAPPER_FACTS, "utf8"));
const M = load("words.js", "decode.js", "letters.js", "places.js");
const BURMESE = 0x1000;

test("letters of a script and what stands between come back", () => {
  assert.equal(M.letters("(f", BURMESE), "ဂွ");
  assert.equal(M.letters("(f~%{n} %$W", BURMESE), "ဂွ {n} ခု");
  assert.equal(M.letters("%50%% of%", BURMESE), "50% of");
  assert.equal(M.letters("", BURMESE), "");
  assert.deepEqual(plain(M.letters({ a: ["(f", null], b: "%Gwa" }, BURMESE)), { a: ["ဂွ", null], b: "Gwa" });
});

test("a code that is left out counts on from the one before", () => {
  assert.deepEqual(plain(M.codes(["MMR001008", "", "", "MMR002001"])), ["MMR001008", "MMR001009", "MMR001010", "MMR002001"]);
});

test("texts stand each behind the letter that is the first of all", () => {
  assert.deepEqual(plain(M.divided("|a||b c")), ["a", "", "b c"]);
  assert.deepEqual(plain(M.divided("}a|b}")), ["a|b", ""]);
});

test("what is read later is read once", () => {
  let times = 0;
  const data = { text: "a" };
  M.later(data, "text", (text) => (times++, text + "b"));
  assert.deepEqual([times, data.text, data.text, times], [0, "ab", "ab", 1]);
});

test("the page gets every language's words as its file has them, and every township's name and code", () => {
  M.unpackWords(payload);
  M.unpackPlaces(payload);
  for (const lang of ["en", "my", "th", "id", "ms"]) {
    const said = Object.entries(language(lang).words).filter(([key]) => !silent.some((start) => key.startsWith(start)));
    assert.deepEqual(plain(payload.languages[lang].words), Object.fromEntries(said), lang);
    assert.deepEqual(plain(payload.languages[lang].months), language(lang).months, lang);
  }
  assert.deepEqual(plain(payload.townships.my), names.map(([, burmese]) => burmese));
  assert.equal(payload.townships.code[17], "MMR012018");
  assert.match(payload.foot.th.data, /A made-up country/);
});
