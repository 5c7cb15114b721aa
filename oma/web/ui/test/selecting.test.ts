import assert from "node:assert/strict";
import { test } from "node:test";

import cases from "../../../../fixtures/selection/cases.json";
import { grouped, type Grouping } from "../src/model/arranging";
import { acrossRows, counted, listed, neighbour, nextUrgent, withHealth } from "../src/model/selecting";
import type { Health } from "../src/model/types";
import { agent } from "./agents";

const EMPTY = { profile: "", command: "", title: "", cwd: "" };
const FLEET = cases.agents.map(({ agent: name, health, ...more }) =>
  agent(name, health as Health, { ...EMPTY, ...more }),
);

const shownOf = (filter: string) => listed([...FLEET].reverse(), filter);

for (const { filter, agents } of cases.listed) {
  test(`the agents of the filter '${filter}' are those of the dashboard, in its order`, () => {
    assert.deepEqual(shownOf(filter).map((each) => each.agent), agents.map((name) => `oma-agent-${name}`));
  });
}

for (const { filter, from, to } of cases.next_urgent) {
  test(`after ${from} of '${filter}', the next that needs the user is that of the dashboard`, () => {
    assert.equal(nextUrgent(shownOf(filter), `%oma-agent-${from}`), `%oma-agent-${to}`);
  });
}

const GROUPED = cases.grouping.agents.map(({ agent: name, health, ...more }) =>
  agent(name, health as Health, { ...EMPTY, ...more }),
);

for (const { by, filter, groups } of cases.grouping.grouped.filter((each) => each.by !== "none")) {
  test(`the groups by ${by} of the filter '${filter}' are those of the dashboard, in its order`, () => {
    const found = grouped(listed(GROUPED, filter), by as Grouping);
    assert.deepEqual(
      found.map(({ heading, worst, agents }) => ({ heading, worst, agents: agents.map((each) => each.agent) })),
      groups.map((each) => ({ ...each, agents: each.agents.map((name) => `oma-agent-${name}`) })),
    );
  });
}

test("by need, nobody is lost, and a group of nobody is none", () => {
  const found = grouped(listed(GROUPED, ""), "need");
  assert.deepEqual(found.map((group) => group.heading), ["Needs you", "Ended", "Quiet", "Working"]);
  assert.deepEqual(found.flatMap((group) => group.agents), listed(GROUPED, ""));
});

test("the keys stay within the list, and begin at its ends", () => {
  assert.equal(neighbour(["a", "b"], null, 1), "a");
  assert.equal(neighbour(["a", "b"], null, -1), "b");
  assert.equal(neighbour(["a", "b"], "b", 1), "b");
  assert.equal(neighbour([], null, 1), null);
});

test("the first that needs the user is next where nothing is selected, and nobody where none does", () => {
  assert.equal(nextUrgent(shownOf(""), null), "%oma-agent-three");
  assert.equal(nextUrgent([agent("one", "ok")], "%one"), null);
});

test("a click on a count replaces the health of the filter, and a second one drops it", () => {
  assert.equal(withHealth("api health:ok", "stuck"), "api health:stuck");
  assert.equal(withHealth("api health:stuck", "stuck"), "api");
});

test("every health is counted", () => {
  assert.deepEqual(counted(FLEET), { waiting: 1, stuck: 3, exited: 1, idle: 2, ok: 1 });
});

test("arrows go to the card that stands below or above", () => {
  const cards = [
    { id: "a", left: 0, top: 0 },
    { id: "b", left: 300, top: 0 },
    { id: "c", left: 600, top: 0 },
    { id: "d", left: 0, top: 150 },
    { id: "e", left: 300, top: 150 },
    { id: "f", left: 0, top: 400 },
  ];
  const cases = [["b", 1, "e"], ["c", 1, "e"], ["e", 1, "f"], ["f", -1, "d"], ["e", -1, "b"], ["a", -1, null], ["f", 1, null], [null, 1, null]] as const;
  for (const [from, step, to] of cases) assert.equal(acrossRows(cards, from, step), to);
});

test("agents of machines that are not reached come last, need nobody and are in no count", () => {
  const lost = agent("box/a", "waiting", { host: "box", lost: true });
  const near = [agent("gpu1/b", "ok", { host: "gpu1", session: "$2@gpu1" }), agent("gpu1/c", "ok", { host: "gpu1", session: "$1@gpu1" })];
  const found = listed([lost, ...near], "");
  assert.deepEqual(found.map((each) => each.agent), ["gpu1/c", "gpu1/b", "box/a"]);
  assert.equal(nextUrgent(found, null), null);
  assert.deepEqual([counted(found).waiting, counted(found).ok], [0, 2]);
  assert.deepEqual(grouped(found, "need").map((group) => group.heading), ["Working", "Not reached"]);
  assert.deepEqual(grouped(found, "host").map((group) => group.heading), ["gpu1", "box"]);
  assert.deepEqual(listed(found, "host:bo").map((each) => each.agent), ["box/a"]);
});
