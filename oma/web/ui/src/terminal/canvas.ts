/** An xterm of a pane's size in a place of the page's: letters give way, columns never do. */

import { SearchAddon } from "@xterm/addon-search";
import { Unicode11Addon } from "@xterm/addon-unicode11";
import { WebglAddon } from "@xterm/addon-webgl";
import { Terminal } from "@xterm/xterm";

import { fittingSize, USUAL_PX, type Box } from "../model/fitting";
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
  #fits = true;

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
  }

  open(parent: HTMLElement): void {
    this.terminal.open(parent);
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

  /** @param fits Else letters have their usual size, and the place around scrolls. */
  setFits(fits: boolean): void {
    this.#fits = fits;
    this.#scale();
  }

  /** The text of the screen as it stands, one line for each row, without blanks at the ends. */
  text(): string {
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
    const size = this.#fits
      ? fittingSize(this.#box, cols, rows, measuredAdvance(), LEADING * 1.2)
      : USUAL_PX;
    if (this.terminal.options.fontSize !== size) this.terminal.options.fontSize = size;
  }
}
