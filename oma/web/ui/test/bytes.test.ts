import assert from "node:assert/strict";
import { test } from "node:test";

import { control, hexOfBinary, hexOfText, pieces } from "../src/model/bytes";

test("keys go as the bytes of UTF-8, and reports of an old mouse as their bytes", () => {
  assert.equal(hexOfText("é\r"), "c3a90d");
  assert.equal(hexOfText("\x1b[A"), "1b5b41");
  assert.equal(hexOfBinary("\x1b[M\xe0"), "1b5b4de0");
});

test("pieces are within their limit, cut no character, and are all of the text", () => {
  const text = "日本語é".repeat(10);
  const found = pieces(text, 7);
  assert.equal(found.join(""), text);
  for (const piece of found) assert.ok(new TextEncoder().encode(piece).length <= 7);
  assert.deepEqual(pieces("", 7), []);
});

test("Ctrl makes a control character of what has one", () => {
  assert.deepEqual(["c", "C", "[", "@", "é", "1", "ab"].map(control), ["\x03", "\x03", "\x1b", "\0", "é", "1", "ab"]);
});
