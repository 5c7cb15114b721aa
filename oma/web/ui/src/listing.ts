/** How the list of agents is arranged: what the user chose, which the browser remembers. */

import { arranged, GROUPINGS, nextGrouping as groupingAfter, SORTINGS, type Group, type Grouping, type Sorting } from "./model/arranging";
import { keptChoice, keptSet } from "./kept";
import type { Agent } from "./model/types";
import { putOff } from "./inbox_state";
import { fleet } from "./page";

export const grouping = keptChoice<Grouping>("oma.grouping", GROUPINGS, "need");
export const sorting = keptChoice<Sorting>("oma.sorting", SORTINGS, "need");
const DENSITIES = ["cards", "rows", "previews"] as const;
export const density = keptChoice("oma.density", DENSITIES, "cards");
/** Ids of agents that stand first. */
export const pinned = keptSet("oma.pinned");
/** Groups of which only the heading is shown. */
export const collapsed = keptSet("oma.collapsed");

export function nextGrouping(): void {
  grouping.set(groupingAfter(grouping.value, fleet.value.agents.values()));
}

export function nextSorting(): void {
  sorting.set(after(SORTINGS, sorting.value));
}

export function nextDensity(): void {
  density.set(after(DENSITIES, density.value));
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
  return arranged(agents, {
    filter,
    grouping: grouping.value,
    sorting: sorting.value,
    pinned: pinned.value,
    put_off: putOff.value,
  });
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
