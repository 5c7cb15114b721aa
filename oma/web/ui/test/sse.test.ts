import assert from "node:assert/strict";
import { test } from "node:test";

import { EventParser } from "../src/server/sse";

const TEXT = 'id: ab-1\nevent: snapshot\ndata: {"n":1}\n\n:\n\nid: ab-2\nevent: gone\ndata: a\ndata: b\n\n';
const EVENTS = [
  { name: "snapshot", data: '{"n":1}', place: "ab-1" },
  { name: "gone", data: "a\nb", place: "ab-2" },
];

test("events are found wherever the text is cut", () => {
  for (let cut = 0; cut <= TEXT.length; cut++) {
    const parser = new EventParser();
    assert.deepEqual([...parser.feed(TEXT.slice(0, cut)), ...parser.feed(TEXT.slice(cut))], EVENTS);
  }
});

test("a comment, a field without data and an unknown field are no events", () => {
  const parser = new EventParser();

  assert.deepEqual(parser.feed(":\n\nevent: a\n\nretry: 5\n\ndata\n\n"), [{ name: "", data: "", place: "" }]);
});

test("an event without a place has that of the one before", () => {
  const parser = new EventParser();

  assert.deepEqual(parser.feed("id: 7\ndata: a\r\n\r\ndata: b\n\n").map((each) => each.place), ["7", "7"]);
});
