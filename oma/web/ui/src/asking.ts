/** What is asked of the user: dialogs, and short words that pass. */

import { Cell } from "./cell";
import { linkOf, type Link } from "./model/links";
import type { Agent, Dialog as AgentDialog, DialogOption } from "./model/types";
import { Refusal } from "./server/http";

/** What the page asks in a dialog of its own. */
export type Dialog =
  | { readonly kind: "confirm"; readonly question: string; readonly detail: string; readonly button: string; readonly danger: boolean; readonly act: () => Promise<unknown> }
  | { readonly kind: "answer"; readonly id: string; readonly agent: string; readonly key: string; readonly asked: AgentDialog }
  | { readonly kind: "answer-all"; readonly option: DialogOption }
  | { readonly kind: "marked"; readonly verb: "send" | "stop"; readonly agents: readonly Agent[] }
  | { readonly kind: "link"; readonly link: Link }
  | { readonly kind: "spawn" }
  | { readonly kind: "share"; readonly id: string; readonly agent: string }
  | { readonly kind: "account" }
  | { readonly kind: "palette" }
  | { readonly kind: "help" };

export const dialog = new Cell<Dialog | null>(null);

/** Asks before an address is opened that an agent printed; nothing where it is none of the web. */
export function askToFollow(text: string): void {
  const link = linkOf(text);
  if (link !== null) dialog.set({ kind: "link", link });
}

export interface Saying {
  readonly key: number;
  readonly words: string;
  readonly failed: boolean;
}

export const sayings = new Cell<readonly Saying[]>([]);

const SHOWN_MS = 6000;
let key = 0;

/** Shows a line for a few seconds. */
export function say(words: string, failed = false): void {
  const saying = { key: (key += 1), words, failed };
  sayings.set([...sayings.value, saying].slice(-4));
  setTimeout(() => hush(saying.key), SHOWN_MS);
}

export function hush(which: number): void {
  sayings.set(sayings.value.filter((each) => each.key !== which));
}

/** Shows what came of a request: its words, or why it was refused. @returns Whether it was carried out. */
export async function saying(request: Promise<{ readonly said?: string }>, otherwise: string): Promise<boolean> {
  try {
    say((await request).said ?? otherwise);
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    say(error.message, true);
    return false;
  }
}
