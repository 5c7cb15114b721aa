/** A value that views follow. */

import { useEffect, useState } from "preact/hooks";

export class Cell<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) listener();
  }

  /** @returns What ends it. */
  follow(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** The value of a cell; the view is drawn again when it changes. */
export function useCell<T>(cell: Cell<T>): T {
  const [, draw] = useState({});
  const drawn = cell.value;
  useEffect(() => {
    if (!Object.is(cell.value, drawn)) draw({}); // it has changed between drawing and following
    return cell.follow(() => draw({}));
  }, [cell]);
  return cell.value;
}
