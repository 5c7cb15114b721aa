/** What needs the user, as the inbox lists it; and which answers are safe to give at once. Pure. */

import { openDialog } from "./dialog";
import { needsUser } from "./selecting";
import type { Agent, Dialog, DialogOption } from "./types";

/** A card that has just come, changed or moved takes no answer for so long: it may be another than was read. */
export const SETTLE_MS = 600;

/** An answer that changed nothing after so long may be given again. */
export const TAKEN_MS = 8000;

/** What tells the question of an agent from its next one, for as long as the page lives. */
export function matterOf(agent: Agent): string {
  return `${openDialog(agent)?.fingerprint ?? agent.reason} ${agent.since_s}`;
}

/** Whether the user does not want to see an agent until it is another matter. */
export function isPutOff(agent: Agent, put_off: ReadonlyMap<string, string>): boolean {
  return put_off.get(agent.id) === matterOf(agent);
}

/**
 * The agents that need the user, who waits longest first, so that a new one comes last and moves none.
 *
 * @param put_off By id, the matter of each that the user does not want to see until it is another.
 */
export function inboxOf(agents: Iterable<Agent>, put_off: ReadonlyMap<string, string>): Agent[] {
  return [...agents]
    .filter((agent) => needsUser(agent) && !isPutOff(agent, put_off))
    .sort((a, b) => a.since_s - b.since_s || (a.id < b.id ? -1 : 1));
}

/** How many need the user and were put off. */
export function countPutOff(agents: Iterable<Agent>, put_off: ReadonlyMap<string, string>): number {
  const urgent = [...agents].filter(needsUser);
  return urgent.filter((agent) => isPutOff(agent, put_off)).length;
}

interface Shown {
  readonly id: string;
  readonly matter: string;
  readonly since_ms: number;
}

/** Which cards have stood as they are, where they are, for long enough to be answered by one press. */
export class Settling {
  #shown: readonly Shown[] = [];

  /** Takes what is shown now, from top to bottom: what changes a card may move all below it. */
  show(agents: readonly Agent[], now_ms: number): void {
    const before = this.#shown;
    let isMoved = false;
    this.#shown = agents.map((agent, index) => {
      const known = before[index];
      const matter = matterOf(agent);
      isMoved ||= known?.id !== agent.id || known.matter !== matter;
      return { id: agent.id, matter, since_ms: isMoved ? now_ms : (known?.since_ms ?? now_ms) };
    });
  }

  isSettled(id: string, now_ms: number): boolean {
    const known = this.#shown.find((each) => each.id === id);
    return known !== undefined && now_ms - known.since_ms >= SETTLE_MS;
  }
}

/** What was picked to be answered alike: of each agent the dialog that was seen, and no later one. */
export type Picked = ReadonlyMap<string, Dialog>;

/** What is left of a selection: an agent that asks something else by now is not part of it. */
export function stillPicked(picked: Picked, agents: ReadonlyMap<string, Agent>): Picked {
  const kept = [...picked].filter(
    ([id, asked]) => openDialog(agents.get(id))?.fingerprint === asked.fingerprint,
  );
  return kept.length === picked.size ? picked : new Map(kept);
}

/** The options that every dialog offers under the same key with the same text. */
export function commonOptions(dialogs: readonly Dialog[]): DialogOption[] {
  const [first, ...others] = dialogs;
  if (first === undefined) return [];
  return first.options.filter(
    (option) =>
      option.key !== "" &&
      others.every((other) =>
        other.options.some((each) => each.key === option.key && each.label === option.label),
      ),
  );
}

/** Where a finger is, in pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where a touch is; null for none. */
export function placeOf(touch: { readonly clientX: number; readonly clientY: number } | undefined): Place | null {
  return touch === undefined ? null : { x: touch.clientX, y: touch.clientY };
}

const SWIPE_PX = 80;

/** To which side a finger swiped; null where it did not, or up or down as much. A swipe never answers. */
export function swiped(from: Place | null, to: Place | null): "left" | "right" | null {
  if (from === null || to === null) return null;
  const [across, along] = [to.x - from.x, to.y - from.y];
  if (Math.abs(across) < SWIPE_PX || Math.abs(across) < 2 * Math.abs(along)) return null;
  return across < 0 ? "left" : "right";
}
