// Which slice a step by years leads to.
"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");
const { load } = require("./page.js");

const M = load("slider.js");
const quarters = [0, 90, 181, 273, 365, 455, 546];

test("the slice nearest to the day is taken", () => {
  assert.equal(M.near(quarters, 365, 0, 1), 4);
  assert.equal(M.near(quarters, 360, 0, 1), 4);
  assert.equal(M.near(quarters, 181 - 365, 2, -1), 0);
});

test("it is at least one step away, however far the next one lies", () => {
  assert.equal(M.near([0, 2000, 4000], 365, 0, 1), 1);
  assert.equal(M.near([0, 2000, 4000], 4000 - 365, 2, -1), 1);
});

test("it never turns back", () => {
  assert.equal(M.near(quarters, 0, 3, 1), 4);
  assert.equal(M.near(quarters, 546, 3, -1), 2);
});
