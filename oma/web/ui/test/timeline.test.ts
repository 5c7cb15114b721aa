import assert from "node:assert/strict";
import { test } from "node:test";

import { firstMoment, lastHour, nextMoment, standing, stepped, stretches } from "../src/model/timeline";
import { transition } from "./agents";

const OF_A = [transition("a", "ok", 2), transition("a", "waiting", 10), transition("a", "ok", 14)];
const OF_B = [transition("b", "ok", 5)];

test("the stretches of an agent join, and end with the recording", () => {
  assert.deepEqual(stretches(OF_A, 20), [
    { from_s: 2, to_s: 10, health: "ok" },
    { from_s: 10, to_s: 14, health: "waiting" },
    { from_s: 14, to_s: 20, health: "ok" },
  ]);
});

test("what stands is the last transition, at its very moment too", () => {
  assert.equal(standing(OF_A, 1.9), null);
  assert.equal(standing(OF_A, 10)?.to, "waiting");
  assert.equal(standing(OF_A, 99)?.to, "ok");
});

test("one goes from transition to transition of all agents, to the ends", () => {
  assert.equal(nextMoment([OF_A, OF_B], 2, 1), 5);
  assert.equal(nextMoment([OF_A, OF_B], 10, -1), 5);
  assert.equal(nextMoment([OF_A, OF_B], 14, 1), null);
  assert.equal(nextMoment([OF_A, OF_B], 2, -1), null);
});

test("speeds double within their range", () => {
  assert.equal(stepped(1, 1), 2);
  assert.equal(stepped(0.25, -1), 0.25);
  assert.equal(stepped(64, 1), 64);
});

test("the last hour begins with how the agent was before it, and ends now", () => {
  const entries = [
    { t: 10, health: "ok" },
    { t: 50, health: "waiting" },
    { t: 55, health: null },
    { t: 60, health: "ok" },
  ] as const;
  assert.deepEqual(lastHour(entries, 120, 100), [
    { from_s: 0, to_s: 30, health: "ok" },
    { from_s: 30, to_s: 40, health: "waiting" },
    { from_s: 40, to_s: 100, health: "ok" },
  ]);
  assert.deepEqual(lastHour(entries, 300, 100), [{ from_s: 0, to_s: 100, health: "ok" }]);
  assert.deepEqual(lastHour([], 300, 100), []);
});

test("a recording begins with its first agent", () => {
  assert.equal(firstMoment([OF_A, OF_B, []]), 2);
  assert.equal(firstMoment([[]]), 0);
});
