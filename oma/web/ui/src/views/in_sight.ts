/** What of a long list is in sight, or near it; of the rest the page has no more than the places. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { RefObject } from "preact";

const NEAR = "240px 0px";
/** So many elements of a list are put on the page, or drawn, in one frame. */
const EACH_FRAME = 16;

interface Seen {
  readonly isNear: boolean;
  readonly height_px: number;
}

const observers = new WeakMap<Element, IntersectionObserver>();
const watched = new WeakMap<Element, (seen: Seen) => void>();
/** What is to be said of elements; more than a few wait for the next frame. */
const waiting = new Map<Element, Seen>();

function observerOf(list: Element): IntersectionObserver {
  const known = observers.get(list);
  if (known !== undefined) return known;
  const observer = new IntersectionObserver(
    (entries) => {
      const isWaiting = waiting.size > 0;
      for (const { target, isIntersecting, boundingClientRect } of entries) {
        waiting.set(target, { isNear: isIntersecting, height_px: boundingClientRect.height });
      }
      if (!isWaiting) tell();
    },
    { root: list, rootMargin: NEAR },
  );
  observers.set(list, observer);
  return observer;
}

function tell(): void {
  let left = EACH_FRAME;
  for (const [element, seen] of waiting) {
    if (left === 0) {
      requestAnimationFrame(tell);
      return;
    }
    left -= 1;
    waiting.delete(element);
    watched.get(element)?.(seen);
  }
}

/**
 * How many of a list are on the page, counted from its beginning: those that were before, and with each frame some more.
 * @param keys What tells the elements apart.
 */
export function useSlices(keys: readonly string[]): number {
  const before = useRef<ReadonlySet<string>>(new Set());
  const [, draw] = useState({});
  let left = EACH_FRAME;
  const end = keys.findIndex((key) => !before.current.has(key) && left-- === 0);
  const count = end < 0 ? keys.length : end;
  useEffect(() => {
    before.current = new Set(keys.slice(0, count));
    if (count === keys.length) return undefined;
    const frame = requestAnimationFrame(() => draw({}));
    return () => cancelAnimationFrame(frame);
  });
  return count;
}

export interface Sight {
  readonly isNear: boolean;
  /** What it took while it was near; null where it never was. */
  readonly height_px: number | null;
}

/**
 * Whether an element of a list is near what is seen of it.
 * @param list The selector of what scrolls.
 */
export function useSight(place: RefObject<HTMLElement | null>, list: string): Sight {
  const [sight, setSight] = useState<Sight>({ isNear: false, height_px: null });
  useEffect(() => {
    const element = place.current;
    const root = element?.closest(list);
    if (element === null || root == null) return undefined;
    watched.set(element, ({ isNear, height_px }) =>
      setSight((before) => {
        if (isNear === before.isNear || element.contains(document.activeElement)) return before;
        return isNear ? { ...before, isNear } : { isNear, height_px };
      }),
    );
    const observer = observerOf(root);
    observer.observe(element);
    return () => {
      observer.unobserve(element);
      watched.delete(element);
      waiting.delete(element);
    };
  }, []);
  return sight;
}
