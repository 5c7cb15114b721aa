/** How the list of agents is arranged: what the user chose, which the browser remembers. */

import { Cell } from "./cell";
import { arranged, GROUPINGS, SORTINGS, type Group, type Grouping, type Sorting } from "./model/arranging";
import type { Agent } from "./model/types";

function chosen<Choice extends string>(key: string, choices: readonly Choice[], otherwise: Choice): Cell<Choice> {
  const cell = new Cell<Choice>(choices.find((each) => each === localStorage.getItem(key)) ?? otherwise);
  cell.follow(() => localStorage.setItem(key, cell.value));
  return cell;
}

function kept(key: string): Cell<ReadonlySet<string>> {
  let found: unknown;
  try {
    found = JSON.parse(localStorage.getItem(key) ?? "[]");
  } catch {
    found = []; // nothing that this page wrote
  }
  const texts = Array.isArray(found) ? found.filter((each) => typeof each === "string") : [];
  const cell = new Cell<ReadonlySet<string>>(new Set(texts));
  cell.follow(() => localStorage.setItem(key, JSON.stringify([...cell.value].slice(-MOST_KEPT))));
  return cell;
}

const MOST_KEPT = 500;

export const grouping = chosen<Grouping>("oma.grouping", GROUPINGS, "need");
export const sorting = chosen<Sorting>("oma.sorting", SORTINGS, "need");
export const density = chosen("oma.density", ["cards", "rows"] as const, "cards");
/** Ids of agents that stand first. */
export const pinned = kept("oma.pinned");
/** Groups of which only the heading is shown. */
export const collapsed = kept("oma.collapsed");

export function nextGrouping(): void {
  grouping.set(after(GROUPINGS, grouping.value));
}

export function nextSorting(): void {
  sorting.set(after(SORTINGS, sorting.value));
}

export function toggleDensity(): void {
  density.set(density.value === "cards" ? "rows" : "cards");
}

export function togglePinned(id: string): void {
  pinned.set(toggled(pinned.value, id));
}

export function toggleCollapsed(group: Group): void {
  collapsed.set(toggled(collapsed.value, placeOf(group)));
}

export function isCollapsed(group: Group): boolean {
  return collapsed.value.has(placeOf(group));
}

/** The groups as they are shown now. */
export function shownGroups(agents: Iterable<Agent>, filter: string): Group[] {
  return arranged(agents, { filter, grouping: grouping.value, sorting: sorting.value, pinned: pinned.value });
}

function placeOf(group: Group): string {
  return `${grouping.value} ${group.key}`;
}

function after<Choice>(choices: readonly Choice[], current: Choice): Choice {
  return choices[(choices.indexOf(current) + 1) % choices.length] ?? current;
}

function toggled(set: ReadonlySet<string>, member: string): ReadonlySet<string> {
  return set.has(member) ? new Set([...set].filter((each) => each !== member)) : new Set([...set, member]);
}
