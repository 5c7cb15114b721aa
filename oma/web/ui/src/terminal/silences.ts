/**
 * Queries to the terminal, swallowed. tmux is the terminal of the agent and has answered already;
 * an answer of ours would be typed into the agent. So are links, which an agent could point anywhere.
 */

import type { Terminal } from "@xterm/xterm";

const CSI = [
  { final: "c" }, // device attributes, primary
  { prefix: ">", final: "c" }, // secondary
  { prefix: "=", final: "c" }, // tertiary
  { final: "n" }, // device status, position of the cursor
  { prefix: "?", final: "n" },
  { intermediates: "$", final: "p" }, // modes
  { prefix: "?", intermediates: "$", final: "p" },
  { final: "t" }, // size and title of the window
  { final: "x" }, // parameters of the line
  { prefix: ">", final: "q" }, // name and version
  { prefix: "?", final: "u" }, // flags of the keyboard
] as const;

const DCS = [
  { intermediates: "$", final: "q" }, // settings
  { intermediates: "+", final: "q" }, // terminfo
] as const;

const COLOURS = [4, 5, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19] as const;
const LINK = 8;
const CLIPBOARD = 52;

const swallowed = () => true;

/** Keeps a terminal from answering whatever is written into it. */
export function silence(terminal: Terminal): void {
  for (const id of CSI) terminal.parser.registerCsiHandler(id, swallowed);
  for (const id of DCS) terminal.parser.registerDcsHandler(id, swallowed);
  for (const colour of COLOURS) {
    terminal.parser.registerOscHandler(colour, (data) => data.includes("?"));
  }
  terminal.parser.registerOscHandler(LINK, swallowed);
  terminal.parser.registerOscHandler(CLIPBOARD, swallowed);
}

/** Whether the data tells of the window's focus, which is the page's and not the pane's. */
export function tellsOfFocus(data: string): boolean {
  return data === "\x1b[I" || data === "\x1b[O";
}
