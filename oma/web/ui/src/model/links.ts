/** Addresses that an agent prints: where they are on its screen, and what the user is shown of one before it is opened. Pure. */

export interface Link {
  /** As the browser will ask for it: what looks like another letter is spelt out. */
  readonly address: string;
  readonly host: string;
  /** Whether something before the host may be taken for it: `https://known.example@other.example`. */
  readonly hasUser: boolean;
}

const MOST_CHARACTERS = 2000;

/** @returns null for what is no address of the web. */
export function linkOf(text: string): Link | null {
  if (text.length > MOST_CHARACTERS || !URL.canParse(text)) return null;
  const { protocol, href, host, username, password } = new URL(text);
  if (protocol !== "http:" && protocol !== "https:") return null;
  return { address: href, host, hasUser: username !== "" || password !== "" };
}

/** A row of a screen. */
export interface ScreenRow {
  /** What stands in each column; empty where a wide character goes on. */
  readonly cells: readonly string[];
  /** The terminal went on here, as the row above was full. */
  readonly isWrapped: boolean;
}

interface Character {
  readonly text: string;
  readonly row: number;
  readonly column: number;
}

/** An address on a screen, with its first and its last character; rows and columns begin at 0. */
export interface PlacedLink {
  readonly text: string;
  readonly from: Character;
  readonly to: Character;
}

/** Up to what no address has: blanks, quotes, brackets, and the lines of which boxes are drawn. */
const ADDRESS = /https?:\/\/[^\s"'`<>{}|\\^\u2500-\u259f\u3000-\u303f\uff00-\uff0f]+/gi;
/** What stands at the end of an address and belongs to the sentence about it. */
const AFTER_ADDRESS = /[.,:;!?*\])]+$/;
/** The sides of a box, and the blanks beside them. */
const SIDE = /^[\s|\u2500-\u259f]*$/;
/** A program that breaks words itself may leave so many columns free at the right. */
const MARGIN = 4;
/** So many rows above and below may belong to one address. */
const MOST_ROWS = 24;

/**
 * The addresses of which a part is on a row, each as a whole: it goes on in the next row where the terminal wrapped it, where
 * it fills its row, and where a program broke it, as it is longer than a row of the text.
 *
 * @param rowAt Null where the screen has no such row.
 */
export function linksOn(row: number, rowAt: (row: number) => ScreenRow | null): PlacedLink[] {
  const line: Character[] = [];
  let first = row;
  while (first > row - MOST_ROWS && joint(rowAt(first - 1), rowAt(first)) !== null) first -= 1;
  let skipped = 0;
  for (let at = first; at < row + MOST_ROWS; at += 1) {
    const next = joint(rowAt(at), rowAt(at + 1));
    const cells = rowAt(at)?.cells ?? [];
    const characters = cells.map((text, column) => ({ text, row: at, column })).slice(skipped, next?.ends);
    line.push(...characters.filter(({ text }) => text !== ""));
    if (next === null) break;
    skipped = next.begins;
  }
  const ends: number[] = []; // of each character, in the text
  let length = 0;
  for (const { text } of line) ends.push((length += text.length));
  const characterAt = (index: number) => line[ends.findIndex((end) => end > index)] as Character;
  return [...line.map(({ text }) => text).join("").matchAll(ADDRESS)]
    .map(({ index, 0: found }) => {
      const text = trimmed(found);
      return { text, from: characterAt(index), to: characterAt(index + text.length - 1) };
    })
    .filter(({ from, to }) => from.row <= row && row <= to.row);
}

/** A closing bracket is part of an address that has the opening one. */
function trimmed(found: string): string {
  const end = AFTER_ADDRESS.exec(found)?.[0] ?? "";
  const bare = found.slice(0, found.length - end.length);
  const isOpen = bare.lastIndexOf("(") > bare.lastIndexOf(")");
  return isOpen && end.startsWith(")") ? `${bare})` : bare;
}

/** Where the last word of a row ends that goes on in the next one, and where it does so; null where it does not. */
function joint(row: ScreenRow | null, next: ScreenRow | null): { readonly ends: number; readonly begins: number } | null {
  if (row === null || next === null) return null;
  const width = row.cells.length;
  if (next.isWrapped) return { ends: width, begins: 0 };
  const inner = within(row.cells);
  const below = within(next.cells);
  const rest = wordFrom(next.cells, below.begins);
  if (rest === "" || /^https?:/i.test(rest)) return null;
  if (inner.ends === width && below.begins === 0) return { ends: width, begins: 0 };
  const end = row.cells.slice(inner.begins, inner.ends).join("").split(" ").at(-1) ?? "";
  const isBroken = inner.ends >= width - MARGIN && end.length + rest.length > inner.ends - inner.begins;
  return isBroken ? { ends: inner.ends, begins: below.begins } : null;
}

/** The part of a row that is neither blank nor the side of a box. */
function within(cells: readonly string[]): { readonly begins: number; readonly ends: number } {
  const isText = (cell: string) => !SIDE.test(cell);
  const begins = cells.findIndex(isText);
  return { begins: begins < 0 ? cells.length : begins, ends: cells.findLastIndex(isText) + 1 };
}

function wordFrom(cells: readonly string[], column: number): string {
  return cells.slice(column).join("").split(" ", 1)[0] ?? "";
}
