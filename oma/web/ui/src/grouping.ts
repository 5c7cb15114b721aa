/** What the list of agents is grouped by; remembered by the browser. */

import { Cell } from "./cell";
import { GROUPINGS, type Grouping } from "./model/selecting";

const KEY = "oma.grouping";

export const grouping = new Cell<Grouping>(
  GROUPINGS.find((each) => each === localStorage.getItem(KEY)) ?? "need",
);

/** Goes on to the next grouping and remembers it. */
export function nextGrouping(): void {
  grouping.set(GROUPINGS[(GROUPINGS.indexOf(grouping.value) + 1) % GROUPINGS.length] ?? "need");
  localStorage.setItem(KEY, grouping.value);
}
