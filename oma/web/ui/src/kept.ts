/** Cells whose values the browser remembers. */

import { Cell } from "./cell";

const MOST_KEPT = 500;

/** One of some choices. */
export function keptChoice<Choice extends string>(key: string, choices: readonly Choice[], otherwise: Choice): Cell<Choice> {
  const cell = new Cell<Choice>(choices.find((each) => each === localStorage.getItem(key)) ?? otherwise);
  cell.follow(() => localStorage.setItem(key, cell.value));
  return cell;
}

/** Texts, of which the latest are remembered. */
export function keptSet(key: string): Cell<ReadonlySet<string>> {
  return kept(key, (found) => new Set(found.filter((each) => typeof each === "string")));
}

/** Texts by texts, of which the latest are remembered. */
export function keptMap(key: string): Cell<ReadonlyMap<string, string>> {
  return kept(key, (found) => new Map(found.filter(isPair)));
}

function kept<Value extends Iterable<unknown>>(key: string, read: (found: readonly unknown[]) => Value): Cell<Value> {
  const cell = new Cell<Value>(read(parsed(localStorage.getItem(key))));
  cell.follow(() => localStorage.setItem(key, JSON.stringify([...cell.value].slice(-MOST_KEPT))));
  return cell;
}

function parsed(text: string | null): readonly unknown[] {
  try {
    const found: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(found) ? found : [];
  } catch {
    return []; // nothing that this page wrote
  }
}

function isPair(value: unknown): value is [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === "string");
}
