/** How large the letters of terminals are; remembered by the browser. */

import { Cell } from "./cell";
import { ZOOMS, type Zoom } from "./model/fitting";

const KEY = "oma.zoom";

export const zoom = new Cell<Zoom>(ZOOMS.find((each) => each === localStorage.getItem(KEY)) ?? "readable");

/** Goes on to the next size and remembers it. */
export function nextZoom(): void {
  zoom.set(ZOOMS[(ZOOMS.indexOf(zoom.value) + 1) % ZOOMS.length] ?? "readable");
  localStorage.setItem(KEY, zoom.value);
}
