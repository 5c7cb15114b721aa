import assert from "node:assert/strict";
import { test } from "node:test";

import { fittingSize, READABLE_PX, scrolledTo, SMALLEST_PX, USUAL_PX, type Zoom } from "../src/model/fitting";

const fit = (zoom: Zoom, width_px: number, height_px: number, columns = 100, rows = 30) =>
  fittingSize(zoom, { width_px, height_px }, columns, rows, 0.6, 1.2);

test("letters fit the width, and are never larger than usual nor too small to exist", () => {
  assert.equal(fit("whole", 2000, 2000), USUAL_PX);
  assert.equal(fit("whole", 600, 2000), 10);
  assert.equal(fit("whole", 360, 2000), 6);
  assert.equal(fit("whole", 10, 10), SMALLEST_PX);
  assert.equal(fit("whole", 2000, 100), READABLE_PX);
});

test("readable letters are readable though a part of the screen is out of sight", () => {
  assert.equal(fit("readable", 2000, 2000), USUAL_PX);
  assert.equal(fit("readable", 780, 2000), 13);
  assert.equal(fit("readable", 360, 2000), READABLE_PX);
  assert.equal(fit("usual", 360, 2000), USUAL_PX);
});

test("what is out of sight is scrolled to, and no further", () => {
  assert.equal(scrolledTo(100, 0, 300, 40), 0);
  assert.equal(scrolledTo(290, 0, 300, 40), 30);
  assert.equal(scrolledTo(10, 200, 300, 40), 0);
  assert.equal(scrolledTo(210, 200, 300, 40), 170);
});
