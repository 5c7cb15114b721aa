/** What a stream has told so far, for a tab that joins it later. Pure. */

import { folded, NO_FLEET, type FleetEvent } from "./fleet";
import type { LogLines } from "./types";

export interface Message {
  readonly name: string;
  readonly data: unknown;
}

/** Keeps what one event of the name `snapshot` can tell a newcomer. */
export interface Replay {
  take(message: Message, now_s: number): void;
  /** Null until a snapshot came, without which nothing is known. */
  snapshot(now_s: number): Message | null;
}

/** More lines would make a page slow; the agent's terminal has the rest. */
export const MOST_LINES = 5000;

class FleetReplay implements Replay {
  #fleet = NO_FLEET;

  take({ name, data }: Message, now_s: number): void {
    this.#fleet = folded(this.#fleet, fleetEvent(name, data), now_s);
  }

  snapshot(now_s: number): Message | null {
    const { known, agents, hosts, n, offset_s } = this.#fleet;
    if (!known) return null;
    const at = new Date((now_s + offset_s) * 1000).toISOString();
    const data = { n, at, agents: [...agents.values()], hosts: [...hosts.values()] };
    return { name: "snapshot", data };
  }
}

class LinesReplay implements Replay {
  #lines: readonly string[] | null = null;

  take({ name, data }: Message): void {
    const { lines } = data as LogLines;
    if (name === "snapshot") this.#lines = lines.slice(-MOST_LINES);
    else if (this.#lines !== null) this.#lines = [...this.#lines, ...lines].slice(-MOST_LINES);
  }

  snapshot(): Message | null {
    return this.#lines === null ? null : { name: "snapshot", data: { lines: this.#lines } };
  }
}

/** An event of `/api/events` as the fleet is folded from. */
export function fleetEvent(name: string, data: unknown): FleetEvent {
  if (name === "transition") return { type: name, transition: data } as FleetEvent;
  return { ...(data as object), type: name } as FleetEvent;
}

export function replayOf(path: string): Replay {
  return path === "/api/events" ? new FleetReplay() : new LinesReplay();
}
