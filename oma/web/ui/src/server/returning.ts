/** When the network, the machine or the user is back: what was connected may be dead, and nobody says so. */

const LOOK_EVERY_MS = 1000;
/** A look that comes so much later than it should: the machine slept, its clock was set, or the page hung. */
const SLEPT_MS = 5000;
/** No page hangs for so long. */
const HUNG_MS = 60_000;

/**
 * Whether the machine slept between two looks. Where the page hung, its ticks went on, which most systems stop in a sleep.
 * @param wall_ms From one look to the next, by the clock on the wall.
 * @param ticks_ms The same, by `performance.now`.
 */
export function hasSlept(wall_ms: number, ticks_ms: number): boolean {
  const late_ms = wall_ms - LOOK_EVERY_MS;
  return late_ms > HUNG_MS || (late_ms > SLEPT_MS && wall_ms - ticks_ms > SLEPT_MS);
}

/**
 * @param back Called with whether connections from before are dead, as far as one can tell.
 * @returns What ends it.
 */
export function onReturn(back: (isCut: boolean) => void): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const look = () => ({ wall_ms: Date.now(), ticks_ms: performance.now() });
  let last = look();
  window.addEventListener("online", () => back(true), { signal });
  document.addEventListener("visibilitychange", () => {
    last = look(); // a page that is not seen looks rarely
    if (!document.hidden) back(false);
  }, { signal });
  const timer = setInterval(() => {
    const { wall_ms, ticks_ms } = last;
    last = look();
    if (!document.hidden && hasSlept(last.wall_ms - wall_ms, last.ticks_ms - ticks_ms)) back(true);
  }, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    listening.abort();
  };
}
