import assert from "node:assert/strict";
import { test } from "node:test";

import { joined, lastLines } from "../src/model/lines";

test("what a pane kept joins what is known where both have the same lines", () => {
  const past = ["1", "2", "3", "4", "5", "6"];
  assert.deepEqual(joined(past, 3, ["4", "5", "6", "7"]), ["1", "2", "3", "4", "5", "6", "7"]);
  assert.deepEqual(joined(past, 3, ["2", "3", "4"]), ["1", "2", "3", "4"]);
  assert.deepEqual(joined(past, 3, ["6"]), ["1", "2", "3", "4", "5", "6"]);
});

test("where nothing is the same, all but the screen comes before", () => {
  assert.deepEqual(joined(["1", "2", "3"], 2, ["x", "y"]), ["1", "x", "y"]);
  assert.deepEqual(joined(["1", "2", "3"], 2, []), ["1"]);
  assert.deepEqual(joined([], 2, ["x"]), ["x"]);
});

test("the end of a screen is what stands above its blank lines", () => {
  assert.deepEqual(lastLines(["a", "", "b", "c", " ", ""], 3), ["", "b", "c"]);
  assert.deepEqual(lastLines(["a"], 3), ["a"]);
  assert.deepEqual(lastLines(["", ""], 3), []);
});
