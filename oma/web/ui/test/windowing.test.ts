import assert from "node:assert/strict";
import { test } from "node:test";

import { chosenParts, isSpace, partsOf, sectionsOf, span, type Part } from "../src/model/windowing";

const SIZES = { columns: 2, heading_px: 30, row_gap_px: 10, group_gap_px: 20 };
const GROUPS = [["a", "b", "c"], ["d"], ["e", "f", "g", "h", "i"]];
const HEIGHTS = new Map([["c", 200]]);
const parts = partsOf(GROUPS, SIZES, (key) => HEIGHTS.get(key) ?? 100);
const shown = (each: Iterable<Part>) => Array.from(each, (part) => GROUPS[part.group]?.slice(part.from, part.to).join("") || `#${part.group}`);
const NOTHING: ReadonlySet<string> = new Set();
const SEEN = { top_px: 0, end_px: 100, around_px: 0, kept: [] };

test("headings and rows stand below each other, a row as high as its highest card", () => {
  assert.deepEqual(shown(parts), ["#0", "ab", "c", "#1", "d", "#2", "ef", "gh", "i"]);
  assert.deepEqual(
    parts.slice(0, 5).map((part) => [part.top_px, part.end_px]),
    [[0, 30], [30, 130], [140, 340], [360, 390], [390, 490]],
  );
  assert.deepEqual(partsOf([[], ["a"]], SIZES, () => 100).map((part) => part.top_px), [0, 50, 80]);
});

test("what is seen is drawn, with what is near it", () => {
  assert.deepEqual(span(parts, 130, 141), [2, 3]);
  assert.deepEqual(span(parts, 5000, 6000), [9, 9]);
  assert.deepEqual(shown(chosenParts(parts, GROUPS, SEEN, NOTHING, 99).parts), ["#0", "ab"]);
  assert.deepEqual(shown(chosenParts(parts, GROUPS, { ...SEEN, around_px: 300 }, NOTHING, 99).parts), ["#0", "ab", "c", "#1", "d"]);
});

test("a frame has no more than a few new cards, or one row, and first those that are seen", () => {
  const wanted = { top_px: 390, end_px: 490, around_px: 400, kept: [] };
  const first = chosenParts(parts, GROUPS, wanted, NOTHING, 1);
  assert.deepEqual([shown(first.parts).filter((row) => !row.startsWith("#")), first.isAll], [["d"], false]);
  const second = chosenParts(parts, GROUPS, wanted, new Set(["d"]), 1);
  assert.deepEqual(shown(second.parts).filter((row) => !row.startsWith("#")), ["d", "ab"]);
  assert.equal(chosenParts(parts, GROUPS, wanted, new Set("abcdefghi"), 1).isAll, true);
});

test("a card that is kept is drawn wherever it is, and the rows beside it", () => {
  assert.deepEqual(shown(chosenParts(parts, GROUPS, { ...SEEN, kept: ["h"] }, NOTHING, 99).parts), ["ef", "gh", "i", "#0", "ab"]);
});

test("what is not drawn leaves places as high as it is", () => {
  const draw = (...rows: string[]) => new Set(parts.filter((_, n) => rows.includes(shown(parts)[n] ?? "")));
  const told = (rows: ReadonlySet<Part>) =>
    sectionsOf(parts, rows).map((each) =>
      isSpace(each) ? each.space_px : [each.group, ...each.rows.map((row) => (isSpace(row) ? row.space_px : shown([row])[0]))],
    );
  assert.deepEqual(told(draw("#0", "ab")), [[0, "ab", 200], 500]);
  assert.deepEqual(told(draw("gh")), [490, [2, 100, "gh", 100]]);
  assert.deepEqual(told(draw("ab", "#2")), [[0, "ab", 200], 130, [2, 320]]);
  assert.deepEqual(told(new Set()), [860]);
});
