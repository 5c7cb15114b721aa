/** The colours of a pane: dark in both themes, as agents paint for a dark terminal. */

import type { ITheme } from "@xterm/xterm";

export const FONT = 'ui-monospace, "SF Mono", Menlo, "Cascadia Mono", "DejaVu Sans Mono", monospace';
export const LEADING = 1.15;

export const PALETTE: ITheme = {
  background: "#111418",
  foreground: "#d7dbe0",
  cursor: "#d7dbe0",
  cursorAccent: "#111418",
  selectionBackground: "#3a5f8f",
  black: "#1b1f24",
  red: "#f26d6d",
  green: "#5fc377",
  yellow: "#d9a83f",
  blue: "#5ea3ff",
  magenta: "#c08af0",
  cyan: "#4dc0c9",
  white: "#c5cad1",
  brightBlack: "#717a86",
  brightRed: "#ff9191",
  brightGreen: "#86dd98",
  brightYellow: "#f0c866",
  brightBlue: "#8bbdff",
  brightMagenta: "#d7aefc",
  brightCyan: "#7fdbe2",
  brightWhite: "#ffffff",
};
