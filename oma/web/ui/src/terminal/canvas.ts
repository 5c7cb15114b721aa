/** An xterm of a pane's size in a place of the page's: letters give way, columns never do. */

import { SearchAddon } from "@xterm/addon-search";
import { Unicode11Addon } from "@xterm/addon-unicode11";
import { WebglAddon } from "@xterm/addon-webgl";
import { Terminal } from "@xterm/xterm";

import { askToFollow } from "../asking";
import { fittingSize, scrolledTo, USUAL_PX, type Box, type Zoom } from "../model/fitting";
import { linkPlaces } from "./link_places";
import { FONT, LEADING, PALETTE } from "./palette";
import { silence } from "./silences";

/** The part of a letter's size that it is wide; measured once, as the font is the same for all. */
let advance: number | null = null;

function measuredAdvance(): number {
  if (advance === null) {
    const context = document.createElement("canvas").getContext("2d");
    if (context === null) return 0.6;
    context.font = `100px ${FONT}`;
    advance = context.measureText("W").width / 100;
  }
  return advance;
}

export class TerminalCanvas {
  readonly terminal: Terminal;
  readonly search = new SearchAddon();
  #box: Box | null = null;
  #zoom: Zoom = "readable";
  #place: HTMLElement | null = null;

  /** @param scrollback How many lines above the screen are kept. */
  constructor(columns: number, rows: number, scrollback: number) {
    this.terminal = new Terminal({
      allowProposedApi: true, // unicode11 and the search's decorations
      cols: columns,
      rows,
      cursorBlink: false,
      cursorInactiveStyle: "outline",
      disableStdin: true,
      fontFamily: FONT,
      fontSize: USUAL_PX,
      lineHeight: LEADING,
      macOptionIsMeta: true,
      minimumContrastRatio: 3,
      scrollback,
      theme: PALETTE,
    });
    silence(this.terminal);
    this.terminal.loadAddon(new Unicode11Addon());
    this.terminal.unicode.activeVersion = "11";
    this.terminal.loadAddon(this.search);
    this.terminal.registerLinkProvider(linkPlaces(this.terminal, askToFollow));
  }

  /** @param place Scrolls where the terminal is larger, and then follows the cursor. */
  open(parent: HTMLElement, place: HTMLElement): void {
    this.#place = place;
    this.terminal.open(parent);
    this.terminal.onCursorMove(() => this.#follow());
    try {
      const webgl = new WebglAddon();
      webgl.onContextLoss(() => webgl.dispose());
      this.terminal.loadAddon(webgl);
    } catch {
      // Without WebGL xterm draws with the page's own elements.
    }
  }

  /** Takes the size of a pane, after what was written before. */
  resize(columns: number, rows: number): void {
    this.terminal.write("", () => {
      this.terminal.resize(columns, rows);
      this.#scale();
    });
  }

  /** Forgets everything, after what was written before. */
  reset(): void {
    this.terminal.write("\x1bc");
  }

  fit(box: Box): void {
    this.#box = box;
    this.#scale();
  }

  setZoom(zoom: Zoom): void {
    this.#zoom = zoom;
    this.#scale();
  }

  /** Whether lines have scrolled away that are above what is shown. */
  get isAtTop(): boolean {
    return this.terminal.buffer.active.viewportY === 0;
  }

  get isAtEnd(): boolean {
    const { viewportY, baseY } = this.terminal.buffer.active;
    return viewportY >= baseY;
  }

  /** The height of a row, in pixels of the page. */
  get row_px(): number {
    return (this.terminal.element?.querySelector(".xterm-screen")?.clientHeight ?? 0) / this.terminal.rows || 16;
  }

  /** What is selected; else the text of the screen, one line for each row, without blanks at the ends. */
  text(): string {
    if (this.terminal.hasSelection()) return this.terminal.getSelection();
    const { buffer, rows } = this.terminal;
    return Array.from(
      { length: rows },
      (_, row) => buffer.active.getLine(buffer.active.baseY + row)?.translateToString(true) ?? "",
    ).join("\n");
  }

  dispose(): void {
    this.terminal.dispose();
  }

  #scale(): void {
    if (this.#box === null) return;
    const { cols, rows } = this.terminal;
    const size = fittingSize(this.#zoom, this.#box, cols, rows, measuredAdvance(), LEADING * 1.2);
    if (this.terminal.options.fontSize !== size) this.terminal.options.fontSize = size;
    this.#follow();
  }

  /** Keeps the cursor in sight where not all of the screen is. */
  #follow(): void {
    const screen = this.terminal.element?.querySelector(".xterm-screen");
    const place = this.#place;
    if (place === null || screen == null) return;
    const { cursorX, cursorY } = this.terminal.buffer.active;
    const x = (cursorX / this.terminal.cols) * screen.clientWidth;
    const y = (cursorY + 0.5) * this.row_px;
    place.scrollLeft = scrolledTo(x, place.scrollLeft, place.clientWidth, 40);
    place.scrollTop = scrolledTo(y, place.scrollTop, place.clientHeight, 2 * this.row_px);
  }
}
