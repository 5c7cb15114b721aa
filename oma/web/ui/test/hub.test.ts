import assert from "node:assert/strict";
import { test } from "node:test";

import { Hub, MOST_STREAMS, type FromTab, type ToTab } from "../src/server/hub";
import type { OpenStream, StreamListener } from "../src/server/stream";
import { agent, transition } from "./agents";

const EVENTS = "/api/events";
const logs = (name: string) => `/api/agents/${name}/logs`;

class Opened implements OpenStream {
  closed = false;
  woken = 0;
  constructor(
    readonly path: string,
    readonly place: string,
    readonly listener: StreamListener,
  ) {}
  close(): void {
    this.closed = true;
  }
  wake(): void {
    this.woken += 1;
  }
  tell(name: string, data: object, place = ""): void {
    this.listener.heard({ name, data: JSON.stringify(data), place });
  }
}

function made() {
  const all: Opened[] = [];
  const hub = new Hub((path, place, listener) => {
    const opened = new Opened(path, place, listener);
    all.push(opened);
    return opened;
  }, () => 1000);
  const tab = () => {
    const told: ToTab[] = [];
    const client = hub.join((message) => told.push(message));
    const events = () => told.filter((each) => each.type === "event").map((each) => [each.name, each.data]);
    const state = () => told.filter((each) => each.type === "state").at(-1)?.state;
    return { client, events, state };
  };
  const open = () => all.filter((each) => !each.closed);
  return { all, open, tab };
}

const follow = (path: string, more: Partial<Extract<FromTab, { type: "follow" }>> = {}): FromTab => ({
  type: "follow",
  id: 1,
  login: "ann",
  path,
  place: "",
  ...more,
});

test("twenty tabs share one stream, which ends with the last of them", () => {
  const { all, open, tab } = made();
  const tabs = Array.from({ length: 20 }, tab);
  for (const { client } of tabs) client.take(follow(EVENTS));
  all[0]?.tell("snapshot", { n: 3, at: "2026-01-01T00:00:05Z", agents: [], hosts: [] });

  assert.equal(all.length, 1);
  assert.ok(tabs.every(({ events }) => events().length === 1));
  for (const { client } of tabs.slice(1)) client.leave();
  assert.equal(open().length, 1);
  tabs[0]?.client.take({ type: "unfollow", id: 1 });
  assert.equal(open().length, 0);
});

test("a tab that comes later is told what is known now, and then what all are told", () => {
  const { all, tab } = made();
  const first = tab();
  first.client.take(follow(EVENTS));
  all[0]?.listener.became("open");
  all[0]?.tell("snapshot", { n: 3, at: "2026-01-01T00:00:05Z", agents: [agent("a", "ok"), agent("b", "ok")], hosts: [] });
  all[0]?.tell("transition", transition("a", "waiting", 6, 4));
  all[0]?.tell("gone", { agents: ["%b"] });

  const later = tab();
  later.client.take(follow(EVENTS));
  all[0]?.tell("agents", { agents: [] });

  const [[name, data], next] = later.events() as [[string, { n: number; at: string; agents: { health: string }[] }], unknown];
  assert.equal(name, "snapshot");
  assert.deepEqual([data.n, data.at, data.agents.map((each) => each.health)], [4, "2026-01-01T00:00:05.000Z", ["waiting"]]);
  assert.deepEqual(next, ["agents", { agents: [] }]);
  assert.equal(later.state(), "open");
});

test("another login has a stream of its own", () => {
  const { all, tab } = made();
  const [ann, kim] = [tab(), tab()];
  ann.client.take(follow(EVENTS));
  all[0]?.tell("snapshot", { n: 1, at: "2026-01-01T00:00:01Z", agents: [agent("secret", "ok")], hosts: [] });
  kim.client.take(follow(EVENTS, { login: "kim" }));

  assert.equal(all.length, 2);
  assert.deepEqual(kim.events(), []);
});

test("a stream that went on after a place begins anew for a tab that knows nothing", () => {
  const { all, open, tab } = made();
  const [first, later] = [tab(), tab()];
  first.client.take(follow(logs("a"), { place: "x-7" }));
  all[0]?.tell("lines", { lines: ["eighth"] });
  later.client.take(follow(logs("a")));

  assert.deepEqual(all.map(({ place, closed }) => [place, closed]), [["x-7", true], ["", false]]);
  open()[0]?.tell("snapshot", { lines: ["all"] });
  assert.deepEqual(later.events(), [["snapshot", { lines: ["all"] }]]);
});

test("tabs that come before the first snapshot wait for it and open nothing more", () => {
  const { all, tab } = made();
  const tabs = [tab(), tab(), tab()];
  for (const { client } of tabs) client.take(follow(logs("a")));
  all[0]?.tell("snapshot", { lines: ["x"] });

  assert.equal(all.length, 1);
  assert.ok(tabs.every(({ events }) => events().length === 1));
});

test("more logs than there is room for pause the oldest, never the agents", () => {
  const { all, open, tab } = made();
  const agents = tab();
  agents.client.take(follow(EVENTS));
  const tabs = Array.from({ length: MOST_STREAMS }, tab);
  tabs.forEach(({ client }, index) => client.take(follow(logs(String(index)))));

  assert.deepEqual(open().map(({ path }) => path), [EVENTS, logs("1"), logs("2"), logs("3")]);
  assert.deepEqual(tabs.map(({ state }) => state()), ["paused", undefined, undefined, undefined]);
  tabs[0]?.client.take(follow(logs("0"), { id: 2, place: "p-9" }));
  assert.deepEqual(open().map(({ path }) => path), [EVENTS, logs("2"), logs("3"), logs("0")]);
  assert.equal(all.at(-1)?.place, "p-9");
});

test("where no login holds, all are told and a later login opens a stream again", () => {
  const { all, open, tab } = made();
  const [first, second] = [tab(), tab()];
  for (const { client } of [first, second]) client.take(follow(EVENTS));
  all[0]?.listener.became("refused");

  assert.deepEqual([first.state(), second.state(), open().length], ["refused", "refused", 0]);
  first.client.take({ type: "unfollow", id: 1 });
  first.client.take(follow(EVENTS, { id: 2 }));
  assert.equal(open().length, 1);
});

test("whoever comes back wakes the streams", () => {
  const { all, tab } = made();
  const { client } = tab();
  client.take(follow(EVENTS));
  client.take({ type: "wake", isCut: false });

  assert.equal(all[0]?.woken, 1);
});
