import assert from "node:assert/strict";
import { test } from "node:test";

import { BINDINGS, commandOf } from "../src/model/keymap";

test("a key means one thing in a mode, and none with Ctrl", () => {
  const press = (key: string, ctrlKey = false) => ({ key, ctrlKey, altKey: false, metaKey: false });
  assert.equal(commandOf(press("j"), "agents"), "next");
  assert.equal(commandOf(press("j"), "playback"), "next-row");
  assert.equal(commandOf(press("x"), "playback"), null);
  assert.equal(commandOf(press("x", true), "agents"), null);
  for (const mode of ["agents", "inbox", "playback"]) {
    const keys = BINDINGS.filter((each) => each.mode === undefined || each.mode === mode).flatMap((each) => each.keys);
    assert.equal(new Set(keys).size, keys.length);
  }
});
