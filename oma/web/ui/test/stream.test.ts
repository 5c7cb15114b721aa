import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { openStream, retry_ms, type Connection } from "../src/server/stream";

const encoder = new TextEncoder();

interface Asked {
  readonly place: string | null;
  readonly signal: AbortSignal;
  /** Sends text, or ends the answer with null. */
  readonly say: (text: string | null) => void;
}

let asked: Asked[] = [];
let answers: number[] = [];
const original = globalThis.fetch;

beforeEach(() => {
  asked = [];
  answers = [];
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  globalThis.fetch = (async (_path: string, init: RequestInit) => {
    const status = answers.shift() ?? 200;
    if (status === 0) throw new TypeError("network");
    let control: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({ start: (given) => void (control = given) });
    init.signal?.addEventListener("abort", () => control?.error(new DOMException("", "AbortError")));
    asked.push({
      place: new Headers(init.headers).get("last-event-id"),
      signal: init.signal as AbortSignal,
      say: (text) => (text === null ? control?.close() : control?.enqueue(encoder.encode(text))),
    });
    return new Response(status === 200 ? body : null, { status });
  }) as typeof fetch;
});

afterEach(() => {
  globalThis.fetch = original;
  mock.timers.reset();
});

/** Lets all that is due happen; the clock stands. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve));
}

function followed(place = "") {
  const heard: string[] = [];
  const states: Connection[] = [];
  const stream = openStream("/x", place, {
    heard: (event) => heard.push(event.data),
    became: (state) => states.push(state),
  });
  return { heard, states, stream };
}

test("a stream that breaks goes on after its last event", async () => {
  const { heard, states, stream } = followed();
  await settle();
  asked[0]?.say("id: a-1\ndata: one\n\n");
  await settle();
  asked[0]?.say(null);
  await settle();
  mock.timers.tick(1000);
  await settle();
  asked[1]?.say("id: a-2\ndata: two\n\n");
  await settle();
  stream.close();

  assert.deepEqual(asked.map((each) => each.place), [null, "a-1"]);
  assert.deepEqual(heard, ["one", "two"]);
  assert.deepEqual(states, ["connecting", "open", "lost", "open"]);
});

test("a tab that knows a place goes on after it", async () => {
  const { stream } = followed("a-7");
  await settle();
  stream.close();

  assert.equal(asked[0]?.place, "a-7");
});

test("without a login it ends, and with too many streams it tries again", async () => {
  answers = [429, 401];
  const { states } = followed();
  await settle();
  mock.timers.tick(1000);
  await settle();
  mock.timers.tick(100_000);
  await settle();

  assert.equal(asked.length, 2);
  assert.deepEqual(states, ["connecting", "lost", "refused"]);
});

test("waking connects at once, and ends a connection that has said nothing", async () => {
  answers = [0];
  const { stream } = followed();
  await settle();
  stream.wake(false);
  await settle();
  assert.equal(asked.length, 1);

  stream.wake(true); // an attempt that has just begun is for whoever says so as well
  assert.equal(asked[0]?.signal.aborted, false);
  mock.timers.tick(3000);
  stream.wake(false);
  assert.equal(asked[0]?.signal.aborted, false);
  stream.wake(true);
  assert.equal(asked[0]?.signal.aborted, true);
  await settle();
  mock.timers.tick(0);
  await settle();
  assert.equal(asked.length, 2);
  mock.timers.tick(17_000);
  stream.wake(false);
  assert.equal(asked[1]?.signal.aborted, true);
  await settle();
  mock.timers.tick(0);
  await settle();
  assert.equal(asked.length, 3);
  stream.close();
});

test("a connection that died without a word is noticed", async () => {
  const { stream } = followed();
  await settle();
  mock.timers.tick(45_000);
  await settle();
  mock.timers.tick(1000);
  await settle();

  assert.equal(asked[0]?.signal.aborted, true);
  assert.equal(asked.length, 2);
  stream.close();
});

test("attempts become rarer, and browsers do not come all at once", () => {
  assert.deepEqual([0, 1, 4, 99].map((failures) => retry_ms(failures, 0.5)), [500, 1000, 10000, 10000]);
  assert.deepEqual([retry_ms(0, 0), retry_ms(0, 1)], [375, 625]);
});
