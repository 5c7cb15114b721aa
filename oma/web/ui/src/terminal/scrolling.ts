/** Scrolling through what a pane printed, by wheel and by finger, for who does not type into it. */

import type { TerminalCanvas } from "./canvas";

/** A wheel that counts pixels moves a line for so many. */
const LINE_PX = 20;

export class Scrolling {
  #isAsked = false;
  #touch_y: number | null = null;
  #rest_px = 0;

  /**
   * @param isMine Whether what one does in the terminal is the agent's.
   * @param ask Asks the server for what has scrolled away.
   * @param moved Called when other lines are shown.
   */
  constructor(
    private readonly canvas: TerminalCanvas,
    private readonly isMine: () => boolean,
    private readonly ask: () => void,
    private readonly moved: () => void,
  ) {
    canvas.terminal.attachCustomWheelEventHandler((event) => {
      if (event.ctrlKey || event.shiftKey || event.deltaY === 0) return true;
      if (this.isMine()) {
        if (event.deltaY < 0 && canvas.isAtTop) this.older();
        return true;
      }
      this.move(event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * LINE_PX : event.deltaY, LINE_PX);
      event.preventDefault();
      return false;
    });
  }

  /** A new screen came, and the past is gone or came with it. */
  forget(): void {
    this.#isAsked = false;
  }

  /** Asks for the past, once. */
  older(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    this.ask();
  }

  page(step: 1 | -1): void {
    if (step < 0 && this.canvas.isAtTop) this.older();
    this.canvas.terminal.scrollPages(step);
    this.moved();
  }

  /** Follows a finger that moves up or down. */
  listen(place: HTMLElement): void {
    place.addEventListener("touchstart", (event) => {
      this.#touch_y = event.touches.length === 1 ? (event.touches[0]?.clientY ?? null) : null;
    }, { passive: true });
    place.addEventListener("touchmove", (event) => {
      const y = event.touches[0]?.clientY;
      if (this.#touch_y === null || y === undefined || this.isMine()) return;
      // The place itself scrolls first, where the screen is higher than it.
      const room = place.scrollHeight - place.clientHeight;
      const down = y < this.#touch_y;
      if (room > 1 && (down ? place.scrollTop < room - 1 : place.scrollTop > 1)) return;
      this.move(this.#touch_y - y, this.canvas.row_px);
      this.#touch_y = y;
    }, { passive: true });
  }

  move(by_px: number, line_px: number): void {
    this.#rest_px += by_px;
    const lines = Math.trunc(this.#rest_px / line_px);
    this.#rest_px -= lines * line_px;
    if (by_px < 0 && this.canvas.isAtTop) this.older();
    if (lines === 0) return;
    this.canvas.terminal.scrollLines(lines);
    this.moved();
  }
}
