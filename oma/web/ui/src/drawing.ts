/** When views are drawn anew: once for each frame of the browser, whatever has changed by then. */

import { options } from "preact";

/** A page that is out of sight has no frames, but a title. */
const UNSEEN_MS = 100;

export function drawByFrames(): void {
  let due: (() => void) | null = null;
  options.debounceRendering = (draw) => {
    const once = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      due = null;
      draw();
    };
    const frame = requestAnimationFrame(once);
    const timer = setTimeout(once, UNSEEN_MS);
    due = once;
  };
  // A key is about what those before it have changed, however late the frame: Enter chooses by all that was typed.
  for (const type of ["keydown", "submit"]) addEventListener(type, () => due?.(), true);
}
