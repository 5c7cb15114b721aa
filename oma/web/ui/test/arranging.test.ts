import assert from "node:assert/strict";
import { test } from "node:test";

import { arranged, grouped, nextGrouping } from "../src/model/arranging";
import { matterOf } from "../src/model/inbox";
import type { Agent } from "../src/model/types";
import { agent } from "./agents";

test("who is pinned stands first, and groups are sorted by what the user chose", () => {
  const all = [
    agent("b10", "ok", { cpu_percent: 5, rss_bytes: 1 }),
    agent("b9", "ok", { cpu_percent: null, rss_bytes: 3 }),
    agent("a", "ok", { cpu_percent: 50, rss_bytes: 2 }),
    agent("w", "waiting"),
  ];
  const shown = (how: object) =>
    arranged(all, { filter: "", grouping: "need", sorting: "need", pinned: new Set(), put_off: new Map(), ...how }).map((group) => [
      group.heading,
      ...group.agents.map((each) => each.agent),
    ]);
  assert.deepEqual(shown({ sorting: "name" }), [["Needs you", "w"], ["Working", "a", "b9", "b10"]]);
  assert.deepEqual(shown({ sorting: "processor" })[1], ["Working", "a", "b10", "b9"]);
  assert.deepEqual(shown({ sorting: "memory" })[1], ["Working", "b9", "a", "b10"]);
  assert.deepEqual(shown({ pinned: new Set(["%b9", "%gone"]) })[0], ["Pinned", "b9"]);
  const put_off = new Map([["%w", matterOf(all[3] as Agent)], ["%a", "another matter"]]);
  assert.deepEqual(shown({ put_off, pinned: new Set(["%w"]) }), [["Working", "b10", "b9", "a"], ["Later", "w"]]);
  assert.deepEqual(shown({ filter: "health:waiting" }), [["Needs you", "w"]]);
});

test("agents are grouped by what the user called their group, where anybody has one", () => {
  const alone = [agent("a", "ok"), agent("b", "stuck")];
  const all = [...alone, agent("c", "ok", { group: "api" }), agent("d", "waiting", { group: "api" })];
  assert.deepEqual(
    grouped(all, "group").map(({ heading, worst, agents }) => [heading, worst, agents.length]),
    [["no group", "ok", 2], ["api", "ok", 2]],
  );
  assert.equal(nextGrouping("need", all), "group");
  assert.equal(nextGrouping("need", alone), "project");
  assert.equal(nextGrouping("session", all), "need"); // all are of one machine
  assert.equal(nextGrouping("host", [agent("a", "ok", { host: "box" })]), "need");
});
