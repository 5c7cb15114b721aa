/** Whether a tab still lives: nobody is told of one that is closed or has crashed, but its lock is free. */

/** What a tab tells the shared worker once it holds its lock. */
export interface Hello {
  readonly type: "hello";
  readonly lock: string;
}

export interface TabLock {
  readonly name: string;
  /** Done when the tab holds it; who asks for it before would get it. */
  readonly held: Promise<void>;
}

let own: TabLock | null = null;

/** A lock that this tab holds until it is closed, however it ends; null where there are no locks. */
export function tabLock(): TabLock | null {
  if (!("locks" in navigator)) return null;
  if (own === null) {
    const name = `oma.tab ${crypto.randomUUID()}`;
    const held = new Promise<void>((resolve) => {
      void navigator.locks.request(name, () => {
        resolve();
        return new Promise(() => undefined);
      });
    });
    own = { name, held };
  }
  return own;
}

/** Calls back when the tab that holds a lock is closed. */
export function whenGone(lock: string, then: () => void): void {
  void navigator.locks.request(lock, then);
}
