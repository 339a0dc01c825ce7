// What Python decided, looked up: every township at every slice, held against what Python itself says.
"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const test = require("node:test");
const { load, plain } = require("./page.js");

const { MAPPER_FACTS } = process.env;
assert.ok(MAPPER_FACTS, "tests/integration/test_javascript.py writes the facts and names them in MAPPER_FACTS");
const { payload, slices, names, reports } = JSON.parse(fs.readFileSync(MAPPER_FACTS, "utf8"));
const M = load("words.js", "decode.js", "letters.js", "places.js", "links.js", "record.js");
M.unpackPlaces(payload);
const record = M.record(payload);

function said(township, slice) {
  const found = record.assessment(record.at(township, slice));
  return {
    class: found.class,
    status: found.status,
    holders: found.holders.map(record.actorId),
    confidence: found.confidence,
    basis: found.basis,
    rule: found.rule,
    disputed: found.disputed,
    stale: found.stale,
    since: found.since,
    confirmed: found.confirmed,
    firm: found.firm,
    reports: found.reports.map((n) => record.report(township, n).finding),
  };
}

test("every township has at every slice what Python says of it", () => {
  slices.forEach((townships, slice) => {
    townships.forEach((expected, township) => assert.deepEqual(plain(said(township, slice)), expected));
  });
});

test("names are those of the language, or English where there is none", () => {
  names.forEach(([english, burmese], township) => {
    assert.equal(record.name(township, "en"), english);
    assert.equal(record.name(township, "my"), burmese);
    assert.equal(record.name(township, "th"), english);
  });
});

test("a township's reports are its own, oldest first", () => {
  reports.forEach((expected, township) => {
    assert.equal(record.reports(township), expected.length);
    expected.forEach(([day, finding], n) => {
      const found = record.report(township, n);
      assert.deepEqual([found.day, found.finding], [day, finding]);
      assert.equal(found.source.url, "https://paper.example/page");
    });
  });
});

test("a figure holds from its slice until the next one", () => {
  const changes = [2, 10, 5, 11];
  assert.deepEqual([0, 1, 2, 4, 5, 9].map((slice) => record.figure(changes, slice)), [null, null, 10, 10, 11, 11]);
  assert.equal(record.figure([], 3), null);
});
