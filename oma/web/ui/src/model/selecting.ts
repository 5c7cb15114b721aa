/** Which agents are shown and in which order: the rules of the dashboard. */

import type { Agent, Health } from "./types";

/** How an agent may be; first those that need the user. */
export const HEALTHS: readonly Health[] = ["waiting", "stuck", "exited", "idle", "ok"];

/** Words of name, command, title, directory or branch; `health:stuck`, `profile:claude` fit what starts so. */
export function fits(agent: Agent, filter: string): boolean {
  return caseless(filter)
    .split(/\s+/)
    .filter((word) => word !== "")
    .every((word) => fitsWord(agent, word));
}

function fitsWord(agent: Agent, word: string): boolean {
  if (word.startsWith("health:")) return agent.health.startsWith(word.slice(7));
  if (word.startsWith("profile:")) return caseless(agent.profile).startsWith(word.slice(8));
  return [agent.agent, agent.command, agent.title, agent.cwd, agent.branch].some((text) =>
    caseless(text).includes(word),
  );
}

/** Without differences of case, as Python's `casefold`: letter by letter, and `ß` is `ss`. */
function caseless(text: string): string {
  return Array.from(text, (letter) =>
    letter === "ı" ? letter : letter.toLowerCase().toUpperCase().toLowerCase(),
  ).join("");
}

/** The agents that the filter fits: those that need the user first, and of them who waits longest; then in the order in which they began. */
export function listed(agents: Iterable<Agent>, filter: string): Agent[] {
  return [...agents]
    .filter((agent) => fits(agent, filter))
    .sort(
      (a, b) =>
        HEALTHS.indexOf(a.health) - HEALTHS.indexOf(b.health) ||
        Number(b.reason === "attention") - Number(a.reason === "attention") ||
        (isUrgent(a.health) ? a.since_s - b.since_s : 0) ||
        numberOf(a.session) - numberOf(b.session),
    );
}

/** tmux counts sessions: `$3` is the fourth that its server began. */
function numberOf(session: string): number {
  return Number(session.slice(1));
}

/** Whether an agent waits for the user or makes no progress. */
export function isUrgent(health: Health): boolean {
  return health === "waiting" || health === "stuck";
}

/** The place `step` away from `current`, within the list; the first when nothing is selected. */
export function neighbour(ids: readonly string[], current: string | null, step: number): string | null {
  const index = current === null ? -1 : ids.indexOf(current);
  if (index < 0) return (step < 0 ? ids.at(-1) : ids[0]) ?? null;
  return ids[Math.max(0, Math.min(ids.length - 1, index + step))] ?? null;
}

/** Where a card stands on the page. */
export interface Placed {
  readonly id: string;
  readonly left: number;
  readonly top: number;
}

/** The card in the row above (-1) or below (1) that stands nearest; null where there is no such row. */
export function acrossRows(cards: readonly Placed[], current: string | null, step: 1 | -1): string | null {
  const from = cards.find((card) => card.id === current);
  if (from === undefined) return null;
  const beyond = cards.filter((card) => Math.sign(card.top - from.top) === step);
  const rows = beyond.map((card) => card.top);
  const row = step > 0 ? Math.min(...rows) : Math.max(...rows);
  const inRow = beyond.filter((card) => card.top === row);
  inRow.sort((a, b) => Math.abs(a.left - from.left) - Math.abs(b.left - from.left));
  return inRow[0]?.id ?? null;
}

/** The next agent that needs the user, round the end; null if none does. */
export function nextUrgent(agents: readonly Agent[], current: string | null): string | null {
  const start = agents.findIndex((agent) => agent.id === current);
  for (let step = 1; step <= agents.length; step++) {
    const agent = agents[(start + step) % agents.length];
    if (agent !== undefined && isUrgent(agent.health)) return agent.id;
  }
  return null;
}

/** How many agents are in which health. */
export function counted(agents: Iterable<Agent>): Record<Health, number> {
  const counts: Record<Health, number> = { waiting: 0, stuck: 0, exited: 0, idle: 0, ok: 0 };
  for (const agent of agents) counts[agent.health] += 1;
  return counts;
}

/** A filter with the health switched on or off, as a click on its count does. */
export function withHealth(filter: string, health: Health): string {
  const words = filter.split(/\s+/).filter((word) => word !== "");
  const others = words.filter((word) => !word.startsWith("health:"));
  return words.includes(`health:${health}`) ? others.join(" ") : [...others, `health:${health}`].join(" ");
}
