/** What of a long list is in sight, or near it; of the rest the page has no more than the places. */

import { useEffect, useState } from "preact/hooks";
import type { RefObject } from "preact";

const NEAR = "400px 0px";

type Watched = (isNear: boolean, height_px: number) => void;

const observers = new WeakMap<Element, IntersectionObserver>();
const watched = new WeakMap<Element, Watched>();

function observerOf(list: Element): IntersectionObserver {
  const known = observers.get(list);
  if (known !== undefined) return known;
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting, boundingClientRect } of entries) {
        watched.get(target)?.(isIntersecting, boundingClientRect.height);
      }
    },
    { root: list, rootMargin: NEAR },
  );
  observers.set(list, observer);
  return observer;
}

/** So many elements are put on the page in one frame. */
const SLICE = 40;

/**
 * How many of a list are on the page: hundreds come in several frames, and do not hold up any.
 * @param kind It begins again with another one.
 */
export function useSlices(most: number, kind: string): number {
  const [state, setState] = useState({ kind, count: SLICE });
  const count = state.kind === kind ? state.count : SLICE;
  useEffect(() => {
    if (count === Infinity) return undefined;
    const next = count + SLICE;
    const frame = requestAnimationFrame(() => setState({ kind, count: next < most ? next : Infinity }));
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
 * @param begins Taken until that is known.
 */
export function useSight(place: RefObject<HTMLElement | null>, list: string, begins: boolean): Sight {
  const [sight, setSight] = useState<Sight>({ isNear: begins, height_px: null });
  useEffect(() => {
    const element = place.current;
    const root = element?.closest(list);
    if (element === null || root == null) return undefined;
    watched.set(element, (isNear, height_px) =>
      setSight((before) => {
        if (isNear === before.isNear || element.contains(document.activeElement)) return before;
        return isNear ? { ...before, isNear } : { isNear, height_px };
      }),
    );
    const observer = observerOf(root);
    observer.observe(element);
    return () => observer.unobserve(element);
  }, []);
  return sight;
}
