/** When the network, the machine or the user is back: what was connected may be dead, and nobody says so. */

const LOOK_EVERY_MS = 1000;
/** A look that comes so much later than it should: the machine slept, or its clock was set. */
const SLEPT_MS = 5000;

/**
 * @param back Called with whether connections from before are dead, as far as one can tell.
 * @returns What ends it.
 */
export function onReturn(back: (isCut: boolean) => void): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  let looked_ms = Date.now();
  window.addEventListener("online", () => back(true), { signal });
  document.addEventListener("visibilitychange", () => {
    looked_ms = Date.now(); // a page that is not seen looks rarely
    if (!document.hidden) back(false);
  }, { signal });
  const timer = setInterval(() => {
    const late_ms = Date.now() - looked_ms - LOOK_EVERY_MS;
    looked_ms = Date.now();
    if (!document.hidden && late_ms > SLEPT_MS) back(true);
  }, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    listening.abort();
  };
}
