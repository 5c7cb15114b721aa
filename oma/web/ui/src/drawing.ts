/** When views are drawn anew: once for each frame of the browser, whatever has changed by then. */

import { options } from "preact";

/** A page that is out of sight has no frames, but a title. */
const UNSEEN_MS = 100;

export function drawByFrames(): void {
  options.debounceRendering = (draw) => {
    const once = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      draw();
    };
    const frame = requestAnimationFrame(once);
    const timer = setTimeout(once, UNSEEN_MS);
  };
}
