/** The size of a terminal's letters. A pane keeps its columns; what gives way is the letter. */

export const SMALLEST_PX = 4;
export const READABLE_PX = 10;
export const USUAL_PX = 14;

export interface Box {
  readonly width_px: number;
  readonly height_px: number;
}

/**
 * The greatest size, in tenths of a pixel, at which all columns fit, and all rows too unless
 * letters would be too small to read for that.
 *
 * @param advance The width of a letter as a share of its size.
 * @param leading The height of a row as a share of it.
 */
export function fittingSize(
  box: Box,
  columns: number,
  rows: number,
  advance: number,
  leading: number,
): number {
  const wide = box.width_px / (columns * advance);
  const high = box.height_px / (rows * leading);
  const exact = Math.min(wide, Math.max(high, READABLE_PX), USUAL_PX);
  return Math.max(SMALLEST_PX, Math.floor(exact * 10) / 10);
}
