// What fits a text that is looked for: the kinds of match, their order, and what is only similar.
"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");
const { load } = require("./page.js");

const M = load("decode.js", "letters.js", "find.js");

const data = {
  states: { code: ["MMR007", "MMR011", "MMR012"], name: { my: ["ပဲခူး", "မွန်", "ရခိုင်"], th: ["พะโค", "มอญ", "ยะไข่"], en: ["Bago", "Mon", "Rakhine"] } },
  townships: {
    code: ["MMR007001", "MMR011001", "MMR012009", "MMR012010", "MMR012011"],
    en: ["Minhla", "Kyaikto", "Maungdaw", "Buthidaung", "Minhla"],
    my: ["မင်းလှ", "ကျိုက်ထို", "မောင်တော", "ဘူးသီးတောင်", "မင်းလှ"],
    state: [0, 1, 2, 2, 2],
  },
  aliases: { count: "##$$#", name: ["Mongdaw", "Bu Thi Daung"] },
  towns: [
    { of: 2, seat: true, en: "Maungdaw", my: "မောင်တော" },
    { of: 2, seat: false, en: "Kha Maung Seik", my: "ခမောင်းဆိပ်" },
    { of: 3, seat: false, en: "Nyaung-U", my: "ညောင်ဦး" },
  ],
};
const places = M.placesToFind(data);
const named = ({ place }) => [["state", "township", "town"][place.kind], place.names[0][0], place.within === undefined ? place.i : place.within];
const hits = (text) => Array.from(M.find(places, text));
const found = (text) => hits(text).filter(({ near }) => !near).map((hit) => named(hit)[1]);
const similar = (text) => hits(text).filter(({ near }) => near).map((hit) => named(hit)[1]);

test("an alias finds its township and is told", () => {
  const [hit] = hits("mongdaw");
  assert.deepEqual(named(hit), ["township", "Maungdaw", 2]);
  assert.equal(hit.spelling, "Mongdaw");
});

test("case, accents, hyphens, apostrophes and blanks make no difference", () => {
  for (const text of ["nyaungu", "NYAUNG U", "Nyaung-U", "Nyáung ’U", "  nyaung u "]) assert.deepEqual(found(text), ["Nyaung-U"], text);
  assert.deepEqual(found("buthi daung"), ["Buthidaung"]);
});

test("a Burmese name is found in any order of its marks, with blanks and without", () => {
  assert.deepEqual(found("မောင်တော")[0], "Maungdaw");
  assert.deepEqual(found("မောင်\u200bတော")[0], "Maungdaw");
  assert.deepEqual(found("မောင် တော")[0], "Maungdaw");
  assert.deepEqual(found("ဘူးသီးတောင်"), ["Buthidaung"]);
  assert.equal(M.spelt("က့်")[0], M.spelt("က့်".normalize("NFC"))[0]);
});

test("the beginning of a name comes before the beginning of a word, and that before anywhere", () => {
  assert.deepEqual(found("ma"), ["Maungdaw", "Kha Maung Seik"]);
  assert.deepEqual(found("seik"), ["Kha Maung Seik"]);
  assert.deepEqual(found("daw"), ["Maungdaw"]);
  assert.deepEqual(found("m"), ["Mon", "Maungdaw", "Minhla", "Minhla", "Kha Maung Seik"]);
});

test("a name that is it comes before those that begin so, a state before a township", () => {
  assert.deepEqual(found("mon")[0], "Mon");
  assert.deepEqual(found("mon")[1], "Maungdaw"); // by its alias Mongdaw
});

test("townships of one name are all found", () => {
  assert.deepEqual(hits("minhla").map(named), [["township", "Minhla", 0], ["township", "Minhla", 2]]);
});

test("a P-code finds what it is the code of, and a state's code its townships too", () => {
  assert.deepEqual(found("MMR012009"), ["Maungdaw"]);
  assert.deepEqual(found("mmr012"), ["Rakhine", "Buthidaung", "Maungdaw", "Minhla"]);
  assert.deepEqual(found("mmr"), []);
});

test("a state that is named in full brings its townships, in any language", () => {
  assert.deepEqual(found("rakhine"), ["Rakhine", "Buthidaung", "Maungdaw", "Minhla"]);
  assert.deepEqual(found("ရခိုင်")[0], "Rakhine");
  assert.deepEqual(found("ยะไข่")[0], "Rakhine");
});

test("nothing typed lists the states", () => {
  for (const text of ["", "  ", "-"]) assert.deepEqual(found(text), ["Bago", "Mon", "Rakhine"], text);
});

test("where little fits, similar spellings follow and say so; short texts have none", () => {
  assert.deepEqual(similar("maundaw"), ["Maungdaw"]);
  assert.deepEqual(found("maundaw"), []);
  assert.deepEqual(similar("rakine"), ["Rakhine"]);
  assert.deepEqual(similar("mou"), []);
  assert.deepEqual(similar("maunndoww"), []);
  assert.deepEqual(found("__proto__").concat(similar("constructor")), []);
});

test("the distance of two spellings is that of Levenshtein, up to a limit", () => {
  assert.equal(M.distance("kitten", "sitting", 3), 3);
  assert.equal(M.distance("kitten", "sitting", 2), Infinity);
  assert.equal(M.distance("", "ab", 2), 2);
  assert.equal(M.distance("abc", "abc", 0), 0);
});

test("a name beyond all measure costs no more than its beginning", () => {
  assert.ok(M.spelt("x ".repeat(100000)).length <= 50);
});
