/** Which parts of a long list are drawn: what is in sight or near it, a few more with each frame. Pure. */

/** How the list is laid out, in pixels. */
export interface Sizes {
  readonly columns: number;
  /** Of a heading, with what is between it and the first row. */
  readonly heading_px: number;
  readonly row_gap_px: number;
  readonly group_gap_px: number;
}

/** A heading, or a row of cards below it. */
export interface Part {
  readonly group: number;
  /** Its cards, counted within the group; a heading has none. */
  readonly from: number;
  readonly to: number;
  readonly top_px: number;
  readonly end_px: number;
}

/**
 * The parts of a list from top to bottom.
 * @param groups The keys of the cards of each.
 * @param height_px How high a card is, or may be.
 */
export function partsOf(groups: readonly (readonly string[])[], sizes: Sizes, height_px: (key: string) => number): Part[] {
  const parts: Part[] = [];
  let top_px = 0;
  groups.forEach((keys, group) => {
    let end_px = top_px + sizes.heading_px;
    parts.push({ group, from: 0, to: 0, top_px, end_px });
    for (let from = 0; from < keys.length; from += sizes.columns) {
      const row = keys.slice(from, from + sizes.columns);
      top_px = from === 0 ? end_px : end_px + sizes.row_gap_px;
      end_px = top_px + Math.max(...row.map(height_px));
      parts.push({ group, from, to: from + row.length, top_px, end_px });
    }
    top_px = end_px + sizes.group_gap_px;
  });
  return parts;
}

/** The first part that reaches below `top_px`, and after the last that begins above `end_px`. */
export function span(parts: readonly Part[], top_px: number, end_px: number): readonly [number, number] {
  const first = parts.findIndex((part) => part.end_px > top_px);
  if (first < 0) return [parts.length, parts.length];
  const after = parts.findIndex((part, index) => index >= first && part.top_px >= end_px);
  return [first, after < 0 ? parts.length : after];
}

export interface Wanted {
  /** What is seen of the list, and how far around it is drawn too. */
  readonly top_px: number;
  readonly end_px: number;
  readonly around_px: number;
  /** Cards that are drawn wherever they are, each with the rows beside its own. */
  readonly kept: readonly string[];
}

/**
 * What to draw now.
 * @param drawn The keys of the cards that are drawn.
 * @param most So many other cards at most, or those of one row; what is in sight comes first.
 * @returns Also whether that is all that is wanted.
 */
export function chosenParts(
  parts: readonly Part[],
  groups: readonly (readonly string[])[],
  wanted: Wanted,
  drawn: ReadonlySet<string>,
  most: number,
): { readonly parts: ReadonlySet<Part>; readonly isAll: boolean } {
  const keysOf = (part: Part) => groups[part.group]?.slice(part.from, part.to) ?? [];
  const order = new Set<Part>();
  const add = ([from, to]: readonly [number, number]) => parts.slice(from, to).forEach((part) => order.add(part));
  for (const key of wanted.kept) {
    const group = groups.findIndex((keys) => keys.includes(key));
    const place = groups[group]?.indexOf(key) ?? -1;
    const at = parts.findIndex((part) => part.group === group && part.from <= place && place < part.to);
    if (at >= 0) add([Math.max(0, at - 1), at + 2]);
  }
  add(span(parts, wanted.top_px, wanted.end_px));
  add(span(parts, wanted.top_px - wanted.around_px, wanted.end_px + wanted.around_px));
  const chosen = new Set<Part>();
  let left = most;
  for (const part of order) {
    const added = keysOf(part).filter((key) => !drawn.has(key)).length;
    if (added > left && left < most) continue;
    left -= added;
    chosen.add(part);
  }
  return { parts: chosen, isAll: chosen.size === order.size };
}

/** An empty place, as high as what would stand there. */
export interface Space {
  readonly space_px: number;
}

export interface Section {
  readonly group: number;
  readonly rows: readonly (Part | Space)[];
}

/** What is drawn of a list, and between it the places of the rest. */
export function sectionsOf(parts: readonly Part[], drawn: ReadonlySet<Part>): (Section | Space)[] {
  const groups: Part[][] = [];
  for (const part of parts) (groups[part.group] ??= []).push(part);
  const isDrawn = (group: readonly Part[]) => group.some((part) => drawn.has(part));
  return withSpaces(groups, isDrawn, (group) => group).map((each) =>
    isSpace(each)
      ? each
      : { group: each[0]?.group ?? 0, rows: withSpaces(each.slice(1), (part) => drawn.has(part), (part) => [part]) },
  );
}

function withSpaces<Element>(all: readonly Element[], isDrawn: (each: Element) => boolean, partsOf: (each: Element) => readonly Part[]) {
  const found: (Element | Space)[] = [];
  let from_px: number | null = null;
  all.forEach((each, index) => {
    if (isDrawn(each)) {
      found.push(each);
      from_px = null;
      return;
    }
    from_px ??= partsOf(each)[0]?.top_px ?? 0;
    const next = all[index + 1];
    if (next === undefined || isDrawn(next)) found.push({ space_px: (partsOf(each).at(-1)?.end_px ?? 0) - from_px });
  });
  return found;
}

export function isSpace<Element extends object>(each: Element | Space): each is Space {
  return "space_px" in each;
}
