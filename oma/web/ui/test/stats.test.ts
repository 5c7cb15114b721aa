import assert from "node:assert/strict";
import { test } from "node:test";

import { daysOf, failuresOf } from "../src/model/stats";
import type { AgentDay } from "../src/model/types";

function row(day: string, agent: string, fields: Partial<AgentDay> = {}): AgentDay {
  const seconds = { ok: 60, idle: 0, waiting: 0, stuck: 0 };
  return { day, agent, profile: "claude", project: "/p", seconds, waits: 0, answered: 0, answered_in_s: { median: null, longest: null }, failures: {}, ...fields };
}

test("days are summed, the newest first, and who waited longest stands first", () => {
  const [today, before] = daysOf([
    row("2026-11-29", "a"),
    row("2026-11-30", "a"),
    row("2026-11-30", "b", {
      seconds: { ok: 10, idle: 1, waiting: 5, stuck: 4 },
      waits: 3,
      answered: 2,
      answered_in_s: { median: 2, longest: 3 },
    }),
  ]);
  assert.deepEqual(today?.agents.map((each) => each.agent), ["b", "a"]);
  assert.deepEqual(today?.seconds, { ok: 70, idle: 1, waiting: 5, stuck: 4 });
  assert.deepEqual([today?.total_s, today?.waits, today?.answered, today?.longest_s], [80, 3, 2, 3]);
  assert.deepEqual([before?.day, before?.longest_s], ["2026-11-29", null]);
});

test("failures are counted over all days, the commonest first", () => {
  const rows = [
    row("2026-11-29", "a", { failures: { "rate-limit": 1, login: 1 } }),
    row("2026-11-30", "b", { failures: { login: 2 } }),
  ];
  assert.deepEqual(failuresOf(rows), [
    ["login", 3],
    ["rate-limit", 1],
  ]);
  assert.deepEqual(failuresOf([]), []);
});
