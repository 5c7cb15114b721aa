/** The addresses on a terminal's screen, for xterm: each is one link, also where it takes several rows. */

import type { ILink, ILinkProvider, Terminal } from "@xterm/xterm";

import { linksOn, type ScreenRow } from "../model/links";

/** @param open Called with an address that was clicked. */
export function linkPlaces(terminal: Terminal, open: (address: string) => void): ILinkProvider {
  const rowAt = (row: number): ScreenRow | null => {
    const line = terminal.buffer.active.getLine(row);
    if (line === undefined) return null;
    const cells = Array.from({ length: terminal.cols }, (_, column) => {
      const cell = line.getCell(column);
      return cell?.getWidth() === 0 ? "" : cell?.getChars() || " ";
    });
    return { cells, isWrapped: line.isWrapped };
  };
  return {
    // Rows and columns begin at 1 there.
    provideLinks: (y, told) => told(linksOn(y - 1, rowAt).map(({ text, from, to }): ILink => ({
      text,
      range: { start: { x: from.column + 1, y: from.row + 1 }, end: { x: to.column + 1, y: to.row + 1 } },
      activate: (_, address) => open(address),
    }))),
  };
}
