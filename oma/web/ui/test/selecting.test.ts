import assert from "node:assert/strict";
import { test } from "node:test";

import { counted, listed, neighbour, nextUrgent, withHealth } from "../src/model/selecting";
import { agent } from "./agents";

const FLEET = [
  agent("one", "ok", { title: "fix Login", profile: "claude" }),
  agent("two", "stuck", { command: "codex", profile: "codex" }),
  agent("three", "waiting", { cwd: "/home/kim/api" }),
  agent("four", "stuck"),
];

const names = (filter: string) => listed(FLEET, filter).map((each) => each.agent);

test("those that need a person come first, then by name", () => {
  assert.deepEqual(names(""), ["three", "four", "two", "one"]);
});

test("every word of a filter fits", () => {
  assert.deepEqual(names("health:stuck"), ["four", "two"]);
  assert.deepEqual(names("health:stu codex"), ["two"]);
  assert.deepEqual(names("profile:cl LOGIN"), ["one"]);
  assert.deepEqual(names("api"), ["three"]);
  assert.deepEqual(names("other:x"), []);
});

test("the keys stay within the list, and begin at its ends", () => {
  assert.equal(neighbour(["a", "b"], null, 1), "a");
  assert.equal(neighbour(["a", "b"], null, -1), "b");
  assert.equal(neighbour(["a", "b"], "b", 1), "b");
  assert.equal(neighbour([], null, 1), null);
});

test("the next that needs a person is found round the end", () => {
  const shown = listed(FLEET, "");
  assert.equal(nextUrgent(shown, "two"), "three");
  assert.equal(nextUrgent(shown, null), "three");
  assert.equal(nextUrgent([agent("one", "ok")], "one"), null);
});

test("a click on a count replaces the health of the filter, and a second one drops it", () => {
  assert.equal(withHealth("api health:ok", "stuck"), "api health:stuck");
  assert.equal(withHealth("api health:stuck", "stuck"), "api");
});

test("every health is counted", () => {
  assert.deepEqual(counted(FLEET), { waiting: 1, stuck: 2, exited: 0, idle: 0, ok: 1 });
});
