// Labels: each has a place of its own or none.
"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");
const { load, plain } = require("./page.js");

const M = load("decode.js", "labels.js");
const view = { within: [0, 0, 400, 300], taken: [] };
const measure = (_, lines) => Math.max(...lines.map((text) => 6 * text.length));
const place = (labels, where = view) => plain(M.placeLabels(labels, where, measure));
const names = (placed) => placed.map(({ lines }) => lines.join("/"));
const state = (name, x, y, more) => ({ kind: "state", lines: [name], x, y, ...more });

function apart(placed) {
  placed.forEach(({ box }, i) => {
    for (const { box: other } of placed.slice(0, i)) {
      assert.ok(box[2] <= other[0] || other[2] <= box[0] || box[3] <= other[1] || other[3] <= box[1], JSON.stringify([box, other]));
    }
  });
}

test("two labels at one place are moved apart, and the first keeps its own", () => {
  const placed = place([state("Kachin", 200, 150), state("Sagaing", 200, 150)]);
  assert.deepEqual(names(placed), ["Kachin", "Sagaing"]);
  assert.deepEqual([placed[0].x, placed[0].y], [200, 150]);
  apart(placed);
});

test("where there is no room there is no label", () => {
  const crowd = Array.from({ length: 40 }, (_, i) => state("State " + i, 200, 150));
  const placed = place(crowd);
  assert.ok(placed.length > 2 && placed.length < 40);
  apart(placed);
});

test("no label stands on what is taken, nor over the edge of what is seen", () => {
  assert.deepEqual(place([state("Mon", 50, 50)], { within: view.within, taken: [[0, 0, 200, 200]] }), []);
  assert.deepEqual(names(place([{ kind: "sea", lines: ["Andaman Sea"], x: 10, y: 100 }])), []);
});

test("a state's label is centred on its own state, and breaks before a bracket where that helps", () => {
  const [shan] = place([state("Shan (North)", 200, 150, { inside: (x, y) => y < 140 })]);
  assert.ok(shan.y < 140);
  const [broken] = place([state("Shan (North)", 30, 150)]);
  assert.deepEqual(broken.lines, ["Shan", "(North)"]);
  assert.deepEqual(place([state("Mon", 200, 150, { inside: () => false })]), []);
});

test("a township has one label: its town's, or else its own", () => {
  const both = [{ kind: "town", of: 3, lines: ["Gwa"], x: 100, y: 100 }, { kind: "township", of: 3, lines: ["Gwa"], x: 120, y: 150 }];
  assert.deepEqual(place(both).map(({ label }) => label.kind), ["town"]);
  assert.deepEqual(place(both, { ...view, taken: [[0, 60, 400, 140]] }).map(({ label }) => label.kind), ["township"]);
});

test("a town's name stands beside its dot, and nothing over the dot", () => {
  const [right] = place([{ kind: "town", lines: ["Sittwe"], x: 100, y: 100 }]);
  assert.ok(right.x > 100 && right.box[0] < 100);
  const [left] = place([{ kind: "town", lines: ["Sittwe"], x: 390, y: 100 }]);
  assert.ok(left.x < 390 && left.box[2] > 390);
});

test("a township's name has to fit the township", () => {
  const label = { kind: "township", of: 0, lines: ["Maungdaw"], x: 100, y: 100 };
  assert.deepEqual(names(place([{ ...label, room: 20 }, { ...label, of: 1, room: 60 }])), ["Maungdaw"]);
});
