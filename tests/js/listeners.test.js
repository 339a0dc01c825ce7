// Who hears of a step in time, and when: each step, at a pace, or once it rests.
"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");
const { loadInto } = require("./page.js");

const PACE = 100;
const WAIT = 120;

/** Timers that go off when the test says so. */
function clock() {
  const due = new Map();
  let now = 0;
  let last = 0;
  return {
    setTimeout: (act, after) => (due.set(++last, [now + after, act]), last),
    clearTimeout: (id) => due.delete(id),
    pass(time) {
      const end = now + time;
      for (;;) {
        const next = [...due].filter(([, [at]]) => at <= end).sort((one, two) => one[1][0] - two[1][0] || one[0] - two[0])[0];
        if (!next) break;
        due.delete(next[0]);
        now = next[1][0];
        next[1][1]();
      }
      now = end;
    },
    left: () => due.size,
  };
}

/** Listeners, with what they heard: the slice of the moment. */
function listening() {
  const time = clock();
  const heard = loadInto(time, "listeners.js").listeners(PACE, WAIT);
  const said = { each: [], paced: [], rested: [] };
  let slice = 0;
  heard.onRest(["slice", "lang"], () => said.rested.push(slice));
  heard.onPace(["slice", "lang"], () => said.paced.push(slice));
  heard.on(["slice", "lang"], () => said.each.push(slice));
  const step = (to) => ((slice = to), heard.tell(new Set(["slice"])));
  return { time, heard, said, step };
}

test("one step is heard at once by all but those who wait for rest", () => {
  const { time, said, step } = listening();
  step(1);
  assert.deepEqual(said, { each: [1], paced: [1], rested: [] });
  time.pass(WAIT - 1);
  assert.deepEqual(said.rested, []);
  time.pass(1);
  assert.deepEqual(said, { each: [1], paced: [1], rested: [1] });
});

test("steps slower than the pace are each heard at once", () => {
  const { time, said, step } = listening();
  for (const to of [1, 2, 3]) {
    step(to);
    time.pass(PACE + 1);
  }
  assert.deepEqual(said.paced, [1, 2, 3]);
});

test("of a run some hear every tenth of a second, and all of its end", () => {
  const { time, said, step } = listening();
  for (let to = 1; to <= 20; to++) {
    step(to);
    time.pass(16);
  }
  assert.deepEqual(said.each.length, 20);
  assert.deepEqual(said.paced, [1, 7, 13, 19]);
  assert.deepEqual(said.rested, []);
  time.pass(WAIT);
  assert.deepEqual([said.paced.at(-1), said.rested], [20, [20]]);
  time.pass(10 * WAIT);
  assert.deepEqual([said.paced.length, said.rested.length, time.left()], [5, 1, 0]);
});

test("what is more than a step in time is told to all at once, with what waited", () => {
  const { time, heard, said, step } = listening();
  step(1);
  step(2);
  heard.tell(new Set(["lang"]));
  assert.deepEqual(said, { each: [1, 2, 2], paced: [1, 2], rested: [2] });
  time.pass(10 * WAIT);
  assert.deepEqual([said.paced.length, said.rested.length], [2, 1]);
});

test("who asks for rest has it at once, and nothing is told twice", () => {
  const { time, heard, said, step } = listening();
  step(1);
  step(2);
  heard.rest();
  assert.deepEqual(said, { each: [1, 2], paced: [1, 2], rested: [2] });
  time.pass(10 * WAIT);
  assert.deepEqual([said.paced.length, said.rested.length, time.left()], [2, 1, 0]);
});

test("those who come later are told how things stand, and only they", () => {
  const { heard, said } = listening();
  const known = heard.count();
  const late = [];
  heard.onPace(["slice"], () => late.push("paced"));
  heard.on(["slice"], () => late.push("each"));
  heard.tell(new Set(["slice", "lang"]), known);
  assert.deepEqual([late, said], [["each", "paced"], { each: [], paced: [], rested: [] }]);
});

test("nothing goes off after the end", () => {
  const { time, heard, said, step } = listening();
  step(1);
  step(2);
  heard.stop();
  time.pass(10 * WAIT);
  assert.deepEqual([said.paced, said.rested, time.left()], [[1], [], 0]);
});
