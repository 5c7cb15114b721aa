import assert from "node:assert/strict";
import { test } from "node:test";

import { placeOf, showOnce } from "../src/showing";

interface Shown {
  readonly title: string;
  readonly tag: string;
  readonly data: unknown;
  close(): void;
}

/** As a browser has it: one of the same tag is replaced. */
function registration() {
  let shown: Shown[] = [];
  let closed = 0;
  return {
    shown: () => shown,
    closed: () => closed,
    getNotifications: async ({ tag }: { tag: string }) => shown.filter((each) => each.tag === tag),
    showNotification: async (title: string, { tag, data }: { tag: string; data: unknown }) => {
      const made = { title, tag, data, close: () => ((closed += 1), void (shown = shown.filter((each) => each !== made))) };
      shown = [...shown.filter((each) => each.tag !== tag), made];
    },
  };
}

test("what page and server both tell is shown once, and later news of the agent is told anew", async (context) => {
  context.mock.timers.enable({ apis: ["Date"] });
  const fake = registration();
  const show = (title: string) => showOnce(fake as never, title, { tag: "oma %1", data: "#/agents/%251" });

  await show("by the page");
  context.mock.timers.tick(2000);
  await show("by the server");
  assert.deepEqual([fake.shown().map(({ title }) => title), fake.closed()], [["by the server"], 0]);

  context.mock.timers.tick(60_000);
  await show("another question");
  assert.deepEqual([fake.shown().map(({ title }) => title), fake.closed()], [["another question"], 1]);
});

test("a notification leads to places of the page alone", () => {
  const place = (data: unknown) => placeOf({ data } as Notification);
  assert.equal(place({ place: "#/agents/%251" }), "#/agents/%251");
  for (const other of [{ place: "https://example.org/" }, { place: 1 }, {}, null, "#/x"]) assert.equal(place(other), "#/");
});
