import assert from "node:assert/strict";
import { test } from "node:test";

import { age_s, agentAt, folded, happened_s, news, NO_FLEET, type Fleet, type FleetEvent } from "../src/model/fleet";
import type { Agent } from "../src/model/types";
import { agent, transition } from "./agents";

const snapshot = (...agents: Agent[]): FleetEvent => ({ type: "snapshot", n: 0, at: "2026-01-01T00:01:30Z", agents, hosts: [] });
const after = (...events: FleetEvent[]): Fleet =>
  events.reduce((fleet, event) => folded(fleet, event, 1000), NO_FLEET);
const change = (name: string, to: Agent["health"], n: number): FleetEvent => ({
  type: "transition",
  transition: transition(name, to, 90, n),
});

test("a snapshot replaces what was known, and later events change it", () => {
  const fleet = after(
    snapshot(agent("old", "ok")),
    snapshot(agent("a", "ok"), agent("b", "ok")),
    { type: "agents", agents: [agent("b", "idle"), agent("c", "ok")] },
    { type: "gone", agents: ["%a"] },
  );

  assert.deepEqual([...fleet.agents].map(([name, { health }]) => [name, health]), [
    ["%b", "idle"],
    ["%c", "ok"],
  ]);
});

test("a transition changes the agent at once and is listed, newest first", () => {
  const fleet = after(snapshot(agent("a", "ok")), change("a", "stuck", 1), change("a", "waiting", 2));

  assert.equal(fleet.agents.get("%a")?.health, "waiting");
  assert.equal(fleet.agents.get("%a")?.evidence, "Proceed?");
  assert.deepEqual(fleet.recent.map((each) => each.n), [2, 1]);
});

test("a transition tells when it began, and when it ends, by the calendar", () => {
  const event = { ...transition("a", "stuck", 90, 1), until: { text: "in 1m", t: 150 } };
  const fleet = after(snapshot(agent("a", "ok")), { type: "transition", transition: event });

  const { since, until } = fleet.agents.get("%a")!;
  assert.equal(since, "2026-01-01T00:01:20.000Z");
  assert.deepEqual(until, { text: "in 1m", at: "2026-01-01T00:02:20.000Z" });
});

test("a transition lasts since what it rests on was seen, which a snapshot says, too", () => {
  const event = { ...transition("a", "waiting", 90, 1), since_s: 89.5, since: "2026-01-01T00:01:19.500Z" };
  const fleet = after(snapshot(agent("a", "ok")), { type: "transition", transition: event });

  assert.equal(fleet.agents.get("%a")?.since_s, 89.5);
  assert.equal(fleet.agents.get("%a")?.since, "2026-01-01T00:01:19.500Z");
});

test("a transition that is sent again is not counted again", () => {
  const fleet = after(snapshot(agent("a", "ok")), change("a", "waiting", 3), change("a", "waiting", 3));

  assert.equal(fleet.recent.length, 1);
});

test("a server that was started again counts anew", () => {
  const fleet = after(snapshot(agent("a", "ok")), change("a", "stuck", 7), snapshot(agent("a", "ok")));

  assert.equal(folded(fleet, change("a", "waiting", 1), 1000).agents.get("%a")?.health, "waiting");
  assert.equal(news(fleet, change("a", "waiting", 1)).length, 1);
});

test("ages are told by the server's clock, also after one slept or was set", () => {
  const a = agent("a", "ok", { since: "2026-01-01T00:00:25Z" });
  const fleet = after(snapshot(a));
  assert.equal(age_s(a, 1005 + fleet.offset_s), 70);
  assert.equal(age_s(agent("b", "ok", { since: "2026-01-01T00:15:00Z" }), 1005 + fleet.offset_s), 0);

  const clock = { type: "clock", at: "2026-01-01T08:00:25Z" } as const;
  assert.equal(age_s(a, 1000 + folded(fleet, clock, 1000).offset_s), 8 * 3600);
  assert.equal(age_s(a, 100 + folded(fleet, clock, 99).offset_s), 8 * 3600 + 1);
  const event = { ...transition("a", "stuck", 90, 1), since_s: 89, since: "2026-01-01T08:00:24Z" };
  const later = folded(folded(fleet, clock, 1000), { type: "transition", transition: event }, 1000);
  assert.equal(age_s(later.agents.get("%a")!, 1000 + later.offset_s), 1);
  assert.equal(happened_s(event), Date.UTC(2026, 0, 1, 8, 0, 25) / 1000);
  assert.deepEqual(news(fleet, clock), []);
});

test("opening the page tells no news, however many agents wait", () => {
  assert.deepEqual(news(NO_FLEET, snapshot(agent("a", "waiting"))), []);
});

test("a transition to waiting or stuck is news once, another is none", () => {
  const calm = after(snapshot(agent("a", "ok")));
  const told = folded(calm, change("a", "waiting", 5), 1000);

  assert.deepEqual(news(calm, change("a", "waiting", 5)).map((each) => each.agent), ["a"]);
  assert.deepEqual(news(told, change("a", "waiting", 5)), []);
  assert.deepEqual(news(calm, change("a", "idle", 6)), []);
});

test("the changed agent that follows its transition is not news again", () => {
  const told = after(snapshot(agent("a", "ok")), change("a", "waiting", 5));

  assert.deepEqual(news(told, { type: "agents", agents: [agent("a", "waiting")] }), []);
});

test("what began to wait while the connection was lost is news", () => {
  const before = after(snapshot(agent("a", "ok"), agent("b", "waiting")));

  const found = news(before, snapshot(agent("a", "stuck"), agent("b", "waiting")));

  assert.deepEqual(found.map(({ agent: name, health }) => [name, health]), [["a", "stuck"]]);
});

test("an agent that is called otherwise is the same agent", () => {
  const fleet = after(
    snapshot(agent("a", "ok")),
    { type: "agents", agents: [agent("b: c/d", "idle", { id: "%a" })] },
    change("a", "waiting", 1),
  );

  assert.deepEqual([...fleet.agents.keys()], ["%a"]);
  assert.equal(fleet.agents.get("%a")?.agent, "b: c/d");
  assert.equal(fleet.agents.get("%a")?.health, "waiting");
});

test("an address names an agent by its id, or else by its name", () => {
  const fleet = after(snapshot(agent("a", "exited", { id: "$1" }), agent("a", "ok"), agent("b", "ok")));

  assert.equal(agentAt(fleet, "%b")?.agent, "b");
  assert.equal(agentAt(fleet, "a")?.id, "%a");
  assert.equal(agentAt(fleet, "c"), undefined);
  assert.equal(agentAt(fleet, null), undefined);
});

test("how machines are reached is kept until it is said otherwise, and is no news of agents", () => {
  const live = { host: "box", state: "live" as const, words: "" };
  const other = { ...live, host: "gpu1" };
  const lost: FleetEvent = { type: "hosts", hosts: [{ ...live, state: "lost", words: "it ended with 255" }] };
  const before = after({ type: "snapshot", n: 0, at: "", agents: [], hosts: [live, other] });

  assert.deepEqual(news(before, lost), []);
  const states = [...folded(before, lost, 1).hosts.values()].map(({ host, state }) => [host, state]);
  assert.deepEqual(states, [["box", "lost"], ["gpu1", "live"]]);
});
