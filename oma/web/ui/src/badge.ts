/** The number on the icon of the installed page: how many agents need the user. */

import { putOff } from "./inbox_state";
import { inboxOf } from "./model/inbox";
import { fleet, session } from "./page";

let shown = -1;

/** Keeps the number true. */
export function badge(): void {
  if (!("setAppBadge" in navigator)) return;
  for (const cell of [fleet, putOff, session]) cell.follow(show);
}

function show(): void {
  const count = session.value ? inboxOf(fleet.value.agents.values(), putOff.value).length : 0;
  if (count === shown) return;
  shown = count;
  navigator.setAppBadge(count).catch(() => undefined); // a page that is not installed has no icon
}
