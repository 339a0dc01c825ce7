// Movements as arrows: where they begin, end and bend; and figures from their columns.
"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");
const { load, plain } = require("./page.js");

const M = load("decode.js", "paint.js", "figures.js", "flows.js");
const app = {
  data: {
    townships: { code: ["MMR012001", "MMR012002"], point: [10, 10, 20, 10] },
    states: { code: ["MMR012"], point: [15, 30] },
    labels: { countries: { THA: [40, 10], MYS: null }, far: { MMR: [15, 15], MYS: [30, 900] } },
    people: { flows: { largest: [10000, 16] } },
  },
};
const view = { a: 10, e: 0, f: 0, shift: { x: 0, y: 0 }, seen: { x: 600, y: 400 } };
const arrow = (from, to, fields) => plain(M.arrows(app, view, [{ from, to, people: 10000, drawn: true, old: false, ...fields }]))[0];

test("an arrow leads between the label points of its areas", () => {
  const { x, y, tx, ty } = arrow("MMR012001", "MMR012");
  assert.deepEqual([x, y, tx, ty], [100, 100, 150, 300]);
});

test("there and back lie apart", () => {
  const there = arrow("MMR012001", "MMR012002");
  const back = arrow("MMR012002", "MMR012001");
  assert.equal(there.cx, 150);
  assert.ok(there.cy > 100 && back.cy < 100);
});

test("width goes with the root of the people, and never below what can be seen", () => {
  assert.equal(arrow("MMR", "THA").width, 16);
  assert.equal(arrow("MMR", "THA", { people: 2500 }).width, 8);
  assert.equal(arrow("MMR", "THA", { people: 5 }).width, 1.5);
});

test("an arrow keeps from a country's name, and from one off the map leads to the margin", () => {
  const near = arrow("MMR012001", "THA");
  assert.ok(near.tx < 390 && near.tx > 350);
  const { tx, ty } = arrow("MMR", "MYS");
  assert.deepEqual([tx, ty], [300, 382]);
});

test("what is only told has no arrow", () => {
  assert.equal(arrow("MMR012001", "MMR012002", { drawn: false }), undefined);
});

test("figures come from their columns, in the order of the places", () => {
  const step = (numbers) => numbers.map((n) => M.ALPHABET[n + 41]).join("");
  const side = {
    bases: [{ places: [["state", "MMR012", "idps", step([1, 2])], ["state", "MMR013", "idps", step([0])]] }],
    figures: { day: step([10, 5, -3]), precision: "012", people: [100, 5, 30], said: "021", source: step([0, 1, 0]) },
  };
  const rows = plain(M.figures(side, { precisions: ["day", "month", "approximate"], said: ["exact", "about", "few"] }));
  assert.deepEqual(side.bases[0].places.map((place) => plain(place[3])), [[1, 0, 3, 1], [0, 2]]);
  assert.deepEqual(rows.map((row) => [row.day, row.precision, row.people, row.qualifier, row.source]), [
    [10, "day", 100, "exact", 0], [15, "month", 5, "few", 1], [12, "approximate", 30, "about", 1],
  ]);
});
