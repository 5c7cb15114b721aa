/** A recording as stretches of health along time. */

import type { Health, Transition } from "./types";

export interface Stretch {
  readonly from_s: number;
  readonly to_s: number;
  readonly health: Health;
}

/** The stretches of one agent up to the end of the recording; none before its first transition. */
export function stretches(transitions: readonly Transition[], duration_s: number): Stretch[] {
  return transitions.map((transition, index) => ({
    from_s: Math.max(0, transition.t),
    to_s: Math.max(0, transitions[index + 1]?.t ?? duration_s),
    health: transition.to,
  }));
}

/**
 * The stretches of the time before `end_s`, with 0 at its beginning; what an agent did not change then
 * it was before.
 *
 * @param entries The oldest first; those without a health are no changes.
 */
export function lastHour(
  entries: readonly { readonly t: number; readonly health: Health | null }[],
  end_s: number,
  length_s: number,
): Stretch[] {
  const start_s = end_s - length_s;
  const changes = entries.flatMap(({ t, health }) => (health === null ? [] : [{ t, health }]));
  return changes
    .map(({ t, health }, index) => ({
      from_s: Math.max(0, t - start_s),
      to_s: Math.min(length_s, (changes[index + 1]?.t ?? end_s) - start_s),
      health,
    }))
    .filter((each) => each.to_s > each.from_s);
}

/** The last transition of one agent at or before `t`; null before the first. */
export function standing(transitions: readonly Transition[], t: number): Transition | null {
  return transitions.findLast((transition) => transition.t <= t) ?? null;
}

/** When the first agent was there: before that there is nothing to see. */
export function firstMoment(all: readonly (readonly Transition[])[]): number {
  const firsts = all.flatMap((transitions) => transitions.slice(0, 1)).map((each) => each.t);
  return firsts.length === 0 ? 0 : Math.max(0, Math.min(...firsts));
}

/** The moment of the nearest transition after (`step` 1) or before (-1) `t`; null at the ends. */
export function nextMoment(all: readonly (readonly Transition[])[], t: number, step: 1 | -1): number | null {
  const hair_s = 0.001;
  const moments = all
    .flat()
    .map((transition) => transition.t)
    .filter((moment) => (step > 0 ? moment > t + hair_s : moment < t - hair_s));
  if (moments.length === 0) return null;
  return step > 0 ? Math.min(...moments) : Math.max(...moments);
}

export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64] as const;

/** The speed one step faster or slower, within the list. */
export function stepped(speed: number, step: 1 | -1): number {
  const index = SPEEDS.findIndex((each) => each >= speed);
  return SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, (index < 0 ? SPEEDS.length : index) + step))] ?? 1;
}
