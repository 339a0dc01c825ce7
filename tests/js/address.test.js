// The address of the page: what it asks for is looked up, and what it says badly changes nothing.
"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");
const { load, plain } = require("./page.js");

const M = load("state.js");
const data = {
  dates: [18686, 18717, 18747],
  townships: { code: ["MMR012001", "MMR012002"] },
  languages: { en: {}, my: {} },
  people: { inside: { bases: [{ id: "total" }] }, abroad: { bases: [] }, flows: { bases: [{ id: "return" }, { id: "new.refugees" }] } },
};
const usual = { slice: 2, selected: null, lang: "en", people: "", abroad: "", flows: "", figures: null, by: "status", layers: "sn" };
const read = (hash) => plain(M.readAddress(hash, data, usual));

test("a day leads to the last slice not after it", () => {
  assert.deepEqual([0, 18686, 18716, 18717, 99999].map((day) => M.sliceAt(data.dates, day)), [0, 0, 0, 1, 2]);
});

test("a good address gives date, township, language, basis and view", () => {
  const { state, view } = read("#d=2021-03-31&t=MMR012002&l=my&p=total&b=holder&v=6.50,19.2,-95");
  assert.deepEqual(state, { ...usual, slice: 1, selected: 1, lang: "my", people: "total", by: "holder" });
  assert.deepEqual(view, [6.5, 19.2, -95]);
});

test("the displacement layer has a date and movements of its own", () => {
  const { state } = read("#p=total&m=new.refugees&f=2021-03-30");
  assert.deepEqual([state.people, state.flows, state.figures, state.slice], ["total", "new.refugees", 0, 2]);
  assert.equal(read("#f=").state.figures, null);
});

test("a day to compare with is looked up likewise, and the divider stands between both edges", () => {
  const compared = (hash) => [read(hash).state.since, read(hash).state.split];
  assert.deepEqual(compared("#c=2021-03-31&x=50"), [1, 50]);
  assert.deepEqual(compared("#c=2021-04-15&x=37.5"), [1, 37.5]);
  assert.deepEqual([compared("#x=0"), compared("#x=100")], [[undefined, 0], [undefined, 100]]);
  for (const bad of ["#c=now&x=-1", "#c=2021-3-1&x=101", "#x=1e1", "#x=", "#x=NaN", "#x=5%25", "#x=50.55"]) {
    assert.deepEqual(compared(bad), [undefined, undefined], bad);
  }
});

test("what an address says badly leaves the page as it is", () => {
  const bad = [
    "", "#", "#d=2021-3-1", "#d=now", "#t=constructor", "#t=-1", "#l=__proto__", "#l=xx", "#p=__proto__", "#b=holders",
    "#m=toString", "#f=2021-3-1", "#f=0", "#v=6,91,0", "#v=6,0,181", "#v=25,0,0", "#v=1e9,0,0", "#v=<b>",
    "#y=x", "#y=sz", "#y=__proto__", "#__proto__=1", "#%%%", "#" + "d=".repeat(100000),
  ];
  for (const hash of bad) assert.deepEqual(read(hash), { state: usual, view: null }, hash.slice(0, 20));
  assert.equal({}.slice, undefined);
});

test("layers are letters, in one order whatever the address has, and none may be on", () => {
  assert.deepEqual(["#y=ts", "#y=", "#y=mmnt"].map((hash) => read(hash).state.layers), ["st", "", "ntm"]);
  assert.deepEqual([M.toggled("sn", "t"), M.toggled("snt", "n"), M.toggled("", "m")], ["snt", "st", "m"]);
});
