import assert from "node:assert/strict";
import { test } from "node:test";

import { hasSlept } from "../src/server/returning";

test("a machine that slept is told from a page that hung, while that is possible", () => {
  assert.equal(hasSlept(1010, 1010), false);
  assert.equal(hasSlept(3_600_000, 1000), true);
  assert.equal(hasSlept(8000, 1000), true);
  assert.equal(hasSlept(8000, 8000), false);
  assert.equal(hasSlept(3_600_000, 3_600_000), true);
});
