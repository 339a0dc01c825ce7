// What Python decided, looked up: every township at every slice, held against what Python itself says.
"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const test = require("node:test");
const { load, plain } = require("./page.js");

const { MAPPER_FACTS } = process.env;
assert.ok(MAPPER_FACTS, "tests/integration/test_javascript.py writes the facts and names them in MAPPER_FACTS");
const { payload, slices, names, reports, between } = JSON.parse(fs.readFileSync(MAPPER_FACTS, "utf8"));
const M = load("words.js", "decode.js", "letters.js", "places.js", "span.js", "compared.js", "reported.js", "record.js");
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
      assert.equal(found.source.published, "2024-06-01");
    });
  });
});

test("a date is told in days or months from another, and says no more than it knows", () => {
  const day = Date.UTC(2024, 4, 30) / 86400000;
  assert.equal(M.published(day, 2, 3), "2024-06-01");
  assert.equal(M.published(day, -6, 2), "2023-11");
  assert.equal(M.published(day, -16, 1), "2023");
  assert.equal(M.published(0, 12 * 54 + 4, 2), "2024-05");
});

test("addresses are those of their publishers, written by what differs from the one before", () => {
  const written = "0https://a.org/the news/1-42-0https://b.org/-3x-0";
  const found = M.addresses({ url: written, publisher: [1, 0, 1, 0, 2] });
  assert.deepEqual(plain(found), [
    "https://b.org/", "https://a.org/the-news/1", "https://b.org/x", "https://a.org/the-news/2", "",
  ]);
});

test("between any two slices the same townships differ, in the same way and by the same reports, as Python says", () => {
  assert.equal(between.length, (slices.length * (slices.length - 1)) / 2);
  for (const [earlier, later, expected] of between) {
    const flat = record.changed(earlier, later);
    const found = [];
    for (let i = 0; i < flat.length; i += 2) {
      const [before, after] = [earlier, later].map((slice) => record.assessment(record.at(flat[i], slice)));
      const made = record.madeBy(before, after).map((n) => record.report(flat[i], n).finding);
      found.push([flat[i], payload.lists.changes[flat[i + 1]], made.sort()]);
    }
    assert.deepEqual(plain(found.sort((one, two) => one[0] - two[0])), expected, `${earlier} to ${later}`);
  }
});

test("the weightiest changes stand first, and of one weight the townships are in order", () => {
  for (const [earlier, later] of between) {
    const flat = plain(record.changed(earlier, later));
    const rows = flat.map((township, i) => [flat[i + 1], township]).filter((_, i) => i % 2 === 0);
    assert.deepEqual(rows, rows.slice().sort((one, two) => one[0] - two[0] || one[1] - two[1]));
  }
});

test("a slice does not differ from itself", () => {
  slices.forEach((_, slice) => assert.deepEqual(plain(record.changed(slice, slice)), []));
});

test("the slice compared with is the one before, or the one picked, and the earlier of the two comes first", () => {
  const other = (slice, since) => plain([M.other({ slice, since }), M.span({ slice, since })]);
  assert.deepEqual(other(5, null), [4, [4, 5]]);
  assert.deepEqual(other(0, null), [0, [0, 0]]);
  assert.deepEqual(other(5, 2), [2, [2, 5]]);
  assert.deepEqual(other(5, 11), [11, [5, 11]]);
});

test("a figure holds from its slice until the next one", () => {
  const changes = [2, 10, 5, 11];
  assert.deepEqual([0, 1, 2, 4, 5, 9].map((slice) => record.figure(changes, slice)), [null, null, 10, 10, 11, 11]);
  assert.equal(record.figure([], 3), null);
});
