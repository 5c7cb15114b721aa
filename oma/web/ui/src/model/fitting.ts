/** The size of a terminal's letters. A pane keeps its columns; what gives way is the letter. */

export const SMALLEST_PX = 4;
export const READABLE_PX = 12;
export const USUAL_PX = 14;

/**
 * How large letters are: as large as fits but readable, so that a part may be out of sight; all of the
 * screen in sight, however small; or as in other terminals.
 */
export const ZOOMS = ["readable", "whole", "usual"] as const;
export type Zoom = (typeof ZOOMS)[number];

/** How far a place has to be scrolled so that a point of it is in sight, with some room around. */
export function scrolledTo(point: number, scrolled: number, shown: number, margin: number): number {
  if (point - margin < scrolled) return Math.max(0, point - margin);
  if (point + margin > scrolled + shown) return point + margin - shown;
  return scrolled;
}

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
  zoom: Zoom,
  box: Box,
  columns: number,
  rows: number,
  advance: number,
  leading: number,
): number {
  const wide = box.width_px / (columns * advance);
  const high = box.height_px / (rows * leading);
  if (zoom === "usual") return USUAL_PX;
  const exact = Math.min(wide, Math.max(high, READABLE_PX), USUAL_PX);
  return Math.max(zoom === "readable" ? READABLE_PX : SMALLEST_PX, Math.floor(exact * 10) / 10);
}
