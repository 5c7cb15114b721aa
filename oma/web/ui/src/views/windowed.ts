/** Of a long list, the page has what is in sight or near it; of the rest no more than the places. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { RefObject } from "preact";

import { chosenParts, partsOf, sectionsOf, span, type Section, type Sizes, type Space } from "../model/windowing";

/** So far around what is in sight is drawn too. */
const AROUND_PX = 240;
/** So many cards are put on the page in one frame; and in the first, in which nothing moves. */
const EACH_FRAME = 4;
const AT_FIRST = 24;

/** Until the list is laid out. */
const FIRST: Sizes & { readonly width_px: number } = { columns: 1, heading_px: 31, row_gap_px: 8, group_gap_px: 18, width_px: 0 };

export interface Drawn {
  readonly sections: readonly (Section | Space)[];
  /** Whether that is all that is wanted; else some more come with the next frame. */
  readonly isAll: boolean;
}

/**
 * What of a list is drawn now. It is a grid `.cards` in each of its sections; a card is in a `[data-key]`.
 * @param place What scrolls.
 * @param groups The keys of the cards of each group.
 * @param usual_px How high a card is until one was seen.
 * @param kept Keys of cards that are drawn wherever they are.
 */
export function useWindow(place: RefObject<HTMLElement | null>, groups: readonly (readonly string[])[], usual_px: number, kept: readonly string[]): Drawn {
  const [, draw] = useState({});
  const seen = useRef({ top_px: 0, height_px: innerHeight });
  const sizes = useRef(FIRST);
  const heights = useRef(new Map<string, number>());
  const before = useRef<ReadonlySet<string>>(new Set());
  const most = useRef(AT_FIRST);

  const usual = useRef({ guess_px: usual_px, px: usual_px });
  if (usual.current.guess_px !== usual_px) usual.current = { guess_px: usual_px, px: usual_px };

  const parts = partsOf(groups, sizes.current, (key) => heights.current.get(key) ?? usual.current.px);
  const around = () => {
    const last_px = Math.max(0, (parts.at(-1)?.end_px ?? 0) - seen.current.height_px);
    const top_px = Math.min(seen.current.top_px, last_px);
    return { top_px, end_px: top_px + seen.current.height_px, around_px: AROUND_PX };
  };
  const focused = document.activeElement?.closest<HTMLElement>("[data-key]")?.dataset["key"];
  const wanted = { ...around(), kept: focused === undefined ? kept : [...kept, focused] };
  const chosen = chosenParts(parts, groups, wanted, before.current, most.current);
  const near = () => {
    const { top_px, end_px } = around();
    return span(parts, top_px - AROUND_PX, end_px + AROUND_PX).join();
  };
  const drawnNear = near();
  const isElsewhere = useRef<() => boolean>(() => false);
  isElsewhere.current = () => near() !== drawnNear;

  const watched = useRef<ResizeObserver | null>(null);
  const elements = useRef<ReadonlySet<Element>>(new Set());
  const measure = useRef<(entries: readonly ResizeObserverEntry[]) => void>(() => undefined);
  // An observer tells of sizes when the browser has laid out: to ask for them here would lay out once more for each drawing.
  measure.current = (entries) => {
    const list = place.current;
    const found = list === null ? null : sizesOf(list);
    if (found === null) return;
    const cards = entries.filter(({ target }) => target !== list && target.isConnected);
    if (found.width_px !== sizes.current.width_px) heights.current.clear();
    for (const { target, borderBoxSize } of cards) heights.current.set(keyOf(target), borderBoxSize[0]?.blockSize ?? usual_px);
    if (cards.length > 0) most.current = EACH_FRAME;
    if (usual.current.px === usual_px && cards.length > 0) usual.current.px = medianOf(cards.map(({ target }) => heights.current.get(keyOf(target)) ?? usual_px));
    if (JSON.stringify(found) === JSON.stringify(sizes.current)) return;
    sizes.current = found;
    // Of a change of the list itself all is drawn anew anyway. Cards that others let appear would be too late for this frame's sizes.
    if (!entries.some(({ target }) => target === list)) requestAnimationFrame(() => draw({}));
  };

  useLayoutEffect(() => {
    const found = new Set<Element>(place.current?.querySelectorAll("[data-key]"));
    before.current = new Set(Array.from(found, keyOf));
    for (const each of elements.current) if (!found.has(each)) watched.current?.unobserve(each);
    for (const each of found) if (!elements.current.has(each)) watched.current?.observe(each);
    elements.current = found;
    if (sizes.current !== FIRST || place.current === null || found.size === 0) return;
    sizes.current = sizesOf(place.current) ?? FIRST; // at once: the first cards fill what is in sight
    draw({});
  });
  useEffect(() => {
    if (!chosen.isAll) draw({});
  });
  // Before the first frame is painted, which then has the sizes.
  useLayoutEffect(() => {
    const list = place.current;
    if (list === null) return undefined;
    const look = () => {
      seen.current = { top_px: list.scrollTop, height_px: list.clientHeight };
      if (isElsewhere.current()) draw({});
    };
    const resized = new ResizeObserver((entries) => {
      measure.current(entries);
      if (!entries.some(({ target }) => target === list)) return;
      look();
      draw({});
    });
    watched.current = resized;
    resized.observe(list);
    for (const each of elements.current) resized.observe(each);
    list.addEventListener("scroll", look, { passive: true });
    return () => {
      resized.disconnect();
      list.removeEventListener("scroll", look);
    };
  }, []);
  return { sections: sectionsOf(parts, chosen.parts), isAll: chosen.isAll };
}

function keyOf(card: Element): string {
  return card instanceof HTMLElement ? (card.dataset["key"] ?? "") : "";
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function sizesOf(list: HTMLElement): typeof FIRST | null {
  const grid = list.querySelector(".cards");
  if (grid?.parentElement == null) return null;
  const { gridTemplateColumns, rowGap } = getComputedStyle(grid);
  return {
    columns: gridTemplateColumns.split(" ").length,
    // In the parts of a pixel that a browser lays out in, which differences between places miss by a little.
    heading_px: Math.round(64 * (grid.getBoundingClientRect().top - grid.parentElement.getBoundingClientRect().top)) / 64,
    row_gap_px: Number.parseFloat(rowGap),
    group_gap_px: Number.parseFloat(getComputedStyle(list).rowGap),
    width_px: list.clientWidth,
  };
}
