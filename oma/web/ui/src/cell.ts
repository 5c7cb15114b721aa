/** A value that views follow. */

import { useEffect, useRef, useState } from "preact/hooks";

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
  return usePart(cell, same);
}

/** What is made of the value of a cell; the view is drawn again when that changes. */
export function usePart<T, Part>(cell: Cell<T>, of: (value: T) => Part): Part {
  const [, draw] = useState({});
  const drawn = useRef({ of, part: of(cell.value) });
  drawn.current = { of, part: of(cell.value) };
  useEffect(() => {
    const look = () => {
      if (!Object.is(drawn.current.of(cell.value), drawn.current.part)) draw({});
    };
    look(); // it may have changed between drawing and following
    return cell.follow(look);
  }, [cell]);
  return drawn.current.part;
}

function same<T>(value: T): T {
  return value;
}
