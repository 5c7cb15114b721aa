import assert from "node:assert/strict";
import { test } from "node:test";

import { fittingSize, READABLE_PX, SMALLEST_PX, USUAL_PX } from "../src/model/fitting";

test("letters fit the width, and are never larger than usual nor too small to exist", () => {
  const fit = (width_px: number, height_px: number, columns = 100, rows = 30) =>
    fittingSize({ width_px, height_px }, columns, rows, 0.6, 1.2);
  assert.equal(fit(2000, 2000), USUAL_PX);
  assert.equal(fit(600, 2000), 10);
  assert.equal(fit(360, 2000), 6);
  assert.equal(fit(10, 10), SMALLEST_PX);
  assert.equal(fit(2000, 100), READABLE_PX);
});
