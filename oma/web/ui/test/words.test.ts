import assert from "node:assert/strict";
import { test } from "node:test";

import { actWords, checkout, moment, percent, place, position, printable, seconds, short, size, title, until, untilOf } from "../src/model/words";

test("times are as short as they can be", () => {
  assert.deepEqual([0.4, 12, 61, 7300, 200000].map(short), ["now", "12s", "1m", "2h", "2d"]);
  assert.deepEqual([5, 754, 3723].map(position), ["0:05", "12:34", "1:02:03"]);
});

test("a time that the user types is understood, anything else is not", () => {
  assert.deepEqual(["90", "1:30", "1:02:03", "0.5"].map(seconds), [90, 90, 3723, 0.5]);
  assert.deepEqual(["", "a", "1:2:3:4", "-1", "1e9"].map(seconds), [null, null, null, null, null]);
});

test("a moment is told with its day: the same time of the next day is another", () => {
  assert.notEqual(moment("2026-12-01T12:00:00Z"), moment("2026-12-02T12:00:00Z"));
});

test("amounts have a unit, and a dash where they are not known", () => {
  assert.deepEqual([null, 12.4].map(percent), ["–", "12%"]);
  assert.deepEqual([null, 900, 831488, 64 * 2 ** 20, 4.2 * 2 ** 30].map(size), ["–", "900B", "812K", "64M", "4.2G"]);
});

test("the title counts only those who need the user", () => {
  const none = { waiting: 0, stuck: 0, exited: 3, idle: 1, ok: 2 };
  assert.equal(title(none), "oma");
  assert.equal(title({ ...none, waiting: 2, stuck: 1 }), "2 waiting, 1 stuck · oma");
});

test("a home directory is a tilde, and a long path keeps its end", () => {
  assert.equal(place("/home/kim/src"), "~/src");
  assert.equal(place("/root"), "~");
  assert.equal(place(`/${"a".repeat(40)}/end`).length, 32);
});

test("text of an agent cannot turn the page round or hide", () => {
  assert.equal(printable("a\u202eb\u0007c\u009bd\te"), "a�b�c�d\te");
});

test("an end is a time of today, a date on another day, and else what the agent wrote", () => {
  const now_ms = new Date(2026, 10, 29, 12, 0, 0).getTime();
  const at = (...when: [number, number, number, number, number]) => new Date(...when).toISOString();

  assert.equal(until(null, now_ms), "");
  assert.equal(until({ text: "in 2h", at: at(2026, 10, 29, 14, 5) }, now_ms), "until 14:05:00");
  assert.equal(until({ text: "in 12h", at: at(2026, 10, 30, 0, 5) }, now_ms), "until 2026-11-30 00:05");
  assert.equal(until({ text: "3pm\u202e", at: null }, now_ms), "until 3pm\ufffd");
});

test("a moment of a log has the wall time of its beginning", () => {
  const began_ms = Date.UTC(2026, 0, 1);
  const at = "2026-01-01T00:01:00.000Z";

  assert.deepEqual(untilOf({ text: "in 1m", t: 60 }, began_ms), { text: "in 1m", at });
  assert.deepEqual(untilOf({ text: "3pm", t: null }, began_ms), { text: "3pm", at: null });
  assert.equal(untilOf(null, began_ms), null);
});

test("what a user did is told with who it was", () => {
  assert.equal(actWords({ command: "answer", text: "1 Yes\u001b", by: "kim" }), "answer 1 Yes\ufffd, by kim");
  assert.equal(actWords({ command: "stop", text: "", by: "" }), "stop");
});

test("a branch tells what is not upstream, not here, not committed and in conflict", () => {
  const changes = { dirty: 3, conflicts: 1, ahead: 2, behind: 4 };
  assert.equal(checkout({ branch: "fix", changes }), "fix +2 -4 *3 !1");
  assert.equal(checkout({ branch: "fix", changes: { dirty: 0, conflicts: 0, ahead: null, behind: null } }), "fix");
  assert.equal(checkout({ branch: "fix\u202e", changes: null }), "fix�");
  assert.equal(checkout({ branch: "", changes }), "");
});
