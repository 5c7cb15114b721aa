/** Days of agents as charts show them. Pure. */

import type { AgentDay } from "./types";

/** The states whose time is told, the worst last. */
export const TIMED = ["ok", "idle", "waiting", "stuck"] as const;

export interface Day {
  /** `2026-11-30`. */
  readonly day: string;
  readonly seconds: Readonly<Record<string, number>>;
  readonly total_s: number;
  readonly waits: number;
  readonly answered: number;
  readonly longest_s: number | null;
  readonly agents: readonly AgentDay[];
}

/** The days, the newest first; the agents of each, who waited and failed longest first. */
export function daysOf(rows: readonly AgentDay[]): Day[] {
  const days = new Map<string, AgentDay[]>();
  for (const row of rows) days.set(row.day, [...(days.get(row.day) ?? []), row]);
  return [...days].map(([day, agents]) => dayOf(day, agents)).sort((a, b) => (a.day < b.day ? 1 : -1));
}

function dayOf(day: string, agents: readonly AgentDay[]): Day {
  const seconds = Object.fromEntries(TIMED.map((health) => [health, sum(agents, (each) => each.seconds[health] ?? 0)]));
  const longest = agents.map((each) => each.answered_in_s.longest).filter((each) => each !== null);
  return {
    day,
    seconds,
    total_s: total_s({ seconds }),
    waits: sum(agents, (each) => each.waits),
    answered: sum(agents, (each) => each.answered),
    longest_s: longest.length === 0 ? null : Math.max(...longest),
    agents: agents.toSorted((a, b) => needed_s(b) - needed_s(a) || total_s(b) - total_s(a) || (a.agent < b.agent ? -1 : 1)),
  };
}

/** The reasons for which agents were stuck, the commonest first. */
export function failuresOf(rows: readonly AgentDay[]): (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { failures } of rows) {
    for (const [reason, count] of Object.entries(failures)) counts.set(reason, (counts.get(reason) ?? 0) + count);
  }
  return [...counts].sort(([a, most], [b, more]) => more - most || (a < b ? -1 : 1));
}

/** How long somebody was there, whatever they did. */
export function total_s({ seconds }: { readonly seconds: Readonly<Record<string, number>> }): number {
  return TIMED.reduce((so_far, health) => so_far + (seconds[health] ?? 0), 0);
}

function needed_s({ seconds }: AgentDay): number {
  return (seconds["waiting"] ?? 0) + (seconds["stuck"] ?? 0);
}

function sum(agents: readonly AgentDay[], of: (each: AgentDay) => number): number {
  return agents.reduce((so_far, each) => so_far + of(each), 0);
}
