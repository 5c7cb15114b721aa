/** Lines that came together, and those before them. Pure. */

/** So many lines that are the same show where two texts meet. */
const SAME = 3;

/**
 * What a pane kept, followed by the lines that are known already, each line once.
 *
 * @param rows Of the screen, whose lines are the last of `past`.
 */
export function joined(past: readonly string[], rows: number, known: readonly string[]): string[] {
  const first = known.slice(0, SAME);
  for (let at = past.length - first.length; first.length > 0 && at >= 0; at -= 1) {
    if (first.every((line, index) => past[at + index] === line)) return [...past.slice(0, at), ...known];
  }
  return [...past.slice(0, Math.max(0, past.length - rows)), ...known];
}

/** The last lines of a screen that have anything on them, or stand above such. */
export function lastLines(screen: readonly string[], count: number): readonly string[] {
  const end = screen.findLastIndex((line) => line.trim() !== "") + 1;
  return screen.slice(Math.max(0, end - count), end);
}
