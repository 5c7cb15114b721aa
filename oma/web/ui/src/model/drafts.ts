/** Messages that were begun and not sent, one for each agent. */

const KEY = "oma.drafts";

/** Where drafts outlive a reload; a part of the browser's `Storage`. */
export interface Keeper {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

export class Drafts {
  readonly #texts: Map<string, string>;

  constructor(private readonly keeper: Keeper) {
    this.#texts = read(keeper);
  }

  /** The text begun for an agent; empty where there is none. */
  of(agent: string): string {
    return this.#texts.get(agent) ?? "";
  }

  set(agent: string, text: string): void {
    if (text === "") this.#texts.delete(agent);
    else this.#texts.set(agent, text);
    try {
      this.keeper.setItem(KEY, JSON.stringify([...this.#texts]));
    } catch {
      // The browser keeps no more: the text is lost by a reload, and by nothing else.
    }
  }

  /** Forgets a text that the server took, unless it was changed since it was sent. */
  sent(agent: string, text: string): void {
    if (this.of(agent) === text) this.set(agent, "");
  }
}

function read(keeper: Keeper): Map<string, string> {
  try {
    const found: unknown = JSON.parse(keeper.getItem(KEY) ?? "[]");
    const pairs = Array.isArray(found) ? found : [];
    return new Map(pairs.filter(isPair));
  } catch {
    return new Map(); // nothing that this page wrote
  }
}

function isPair(value: unknown): value is [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === "string");
}

/** What was sent before, to be sent again or changed: the newest last. */
export class SentTexts {
  static readonly MOST = 50;
  readonly #texts: string[];

  constructor(
    private readonly keeper: Keeper,
    private readonly key = "oma.sent",
  ) {
    this.#texts = texts(keeper.getItem(key)).slice(-SentTexts.MOST);
  }

  add(text: string): void {
    const known = this.#texts.indexOf(text);
    if (known >= 0) this.#texts.splice(known, 1);
    this.#texts.push(text);
    this.#texts.splice(0, this.#texts.length - SentTexts.MOST);
    try {
      this.keeper.setItem(this.key, JSON.stringify(this.#texts));
    } catch {
      // The browser keeps no more: a reload forgets it.
    }
  }

  /** The text `back` steps before now, from 1; null where there is none. */
  before(back: number): string | null {
    return this.#texts.at(-back) ?? null;
  }
}

function texts(kept: string | null): string[] {
  try {
    const found: unknown = JSON.parse(kept ?? "[]");
    return Array.isArray(found) ? found.filter((each): each is string => typeof each === "string") : [];
  } catch {
    return []; // nothing that this page wrote
  }
}

/** What a key press in the message field says of itself. */
export interface Press {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  /** Enter ends a word of an input method and is not ours. */
  readonly isComposing: boolean;
}

/**
 * Whether a press sends the message: Enter, and with Shift it is a new line. On a touch screen, whose
 * keyboard has no Shift-Enter, Enter is a new line and the button sends; with Ctrl or Cmd it sends
 * everywhere.
 */
export function sends(press: Press, touch: boolean): boolean {
  if (press.key !== "Enter" || press.isComposing || press.shiftKey) return false;
  return press.ctrlKey || press.metaKey || !touch;
}

/** A text with the path of a file after it, as a word of its own: quoted, where a shell would take it for several. */
export function withPath(text: string, path: string): string {
  const word = /^[\w@%+=:,./~-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
  return `${text}${text === "" || /\s$/.test(text) ? "" : " "}${word} `;
}

/** How many lines the field shows for a text. */
export function fieldRows(text: string): number {
  return Math.min(8, text.split("\n").length);
}
