import assert from "node:assert/strict";
import { test } from "node:test";

import { Drafts, fieldRows, sends, type Keeper, SentTexts, withPath } from "../src/model/drafts";

class Memory implements Keeper {
  readonly items = new Map<string, string>();
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }
}

test("each agent has a draft of its own", () => {
  const drafts = new Drafts(new Memory());
  drafts.set("a", "one\ntwo");
  drafts.set("b", "three");

  assert.deepEqual([drafts.of("a"), drafts.of("b"), drafts.of("c")], ["one\ntwo", "three", ""]);
});

test("drafts outlive a reload, and what was sent does not", () => {
  const memory = new Memory();
  const drafts = new Drafts(memory);
  drafts.set("a", "kept");
  drafts.set("b", "sent");
  drafts.sent("b", "sent");

  const after = new Drafts(memory);
  assert.deepEqual([after.of("a"), after.of("b")], ["kept", ""]);
});

test("what was typed while a message was on its way is kept", () => {
  const drafts = new Drafts(new Memory());
  drafts.set("a", "first, and more");
  drafts.sent("a", "first");

  assert.equal(drafts.of("a"), "first, and more");
});

test("a browser that keeps nothing, or something else, loses no text that is being typed", () => {
  const full = new Memory();
  full.setItem = () => {
    throw new Error("quota");
  };
  const drafts = new Drafts(full);
  drafts.set("a", "text");
  assert.equal(drafts.of("a"), "text");

  for (const damaged of ["{", "1", '[1, ["a"], ["b", 2], ["c", "d"]]']) {
    const memory = new Memory();
    memory.setItem("oma.drafts", damaged);
    assert.equal(new Drafts(memory).of("a"), "");
  }
});

const press = (more: object) => ({
  key: "Enter",
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  isComposing: false,
  ...more,
});

test("Enter sends, with Shift or on a touch screen it is a new line", () => {
  const table: [object, boolean, boolean][] = [
    [{}, false, true],
    [{}, true, false],
    [{ shiftKey: true }, false, false],
    [{ isComposing: true }, false, false],
    [{ key: "a" }, false, false],
    [{ ctrlKey: true }, true, true],
    [{ metaKey: true }, true, true],
  ];
  for (const [more, touch, expected] of table) assert.equal(sends(press(more), touch), expected);
});

test("the field grows with the text, and not beyond a third of a page", () => {
  assert.deepEqual(["", "a", "a\nb", "\n".repeat(30)].map(fieldRows), [1, 1, 2, 8]);
});

test("what was sent before comes back, the newest first, each text once", () => {
  const kept = new Map<string, string>();
  const keeper = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, text: string) => void kept.set(key, text) };
  const sent = new SentTexts(keeper);
  for (const text of ["a", "b", "a"]) sent.add(text);

  const again = new SentTexts(keeper);
  assert.deepEqual([1, 2, 3].map((back) => again.before(back)), ["a", "b", null]);
  for (let n = 0; n < 2 * SentTexts.MOST; n += 1) again.add(`${n}`);
  assert.equal(again.before(SentTexts.MOST), `${SentTexts.MOST}`);
  assert.equal(again.before(SentTexts.MOST + 1), null);
  kept.set("oma.sent", "{");
  assert.equal(new SentTexts(keeper).before(1), null);
});

test("the path of a file is a word of its own, quoted where it has blanks", () => {
  assert.equal(withPath("", "/a/b-1.png"), "/a/b-1.png ");
  assert.equal(withPath("look at", "/a/b.png"), "look at /a/b.png ");
  assert.equal(withPath("/a/b.png ", "/a/c.png"), "/a/b.png /a/c.png ");
  assert.equal(withPath("", "/it's here/c.png"), "'/it'\\''s here/c.png' ");
});
