/** Which agents are shown and in which order: the rules of the dashboard. */

import type { Agent, Health } from "./types";

/** How an agent may be; first those that need the user. */
export const HEALTHS: readonly Health[] = ["waiting", "stuck", "exited", "idle", "ok"];

/**
 * Whether a filter fits an agent: words of name, command, title, directory or branch, `health:stuck` and the like,
 * `not`, `!`, `or`, `/regex/`, `~letters` of its name in their order.
 */
export function fits(agent: Agent, filter: string): boolean {
  const alternatives: boolean[][] = [[]];
  let negated = false;
  for (const word of filter.split(/\s+/).filter((each) => each !== "")) {
    const lower = caseless(word);
    if (lower === "or") {
      alternatives.push([]);
      negated = false;
    } else if (lower === "not" || lower === "!") {
      negated = !negated;
    } else {
      const bare = word.replace(/^!/, "");
      alternatives.at(-1)?.push(fitsWord(agent, bare) !== (negated !== (bare !== word)));
      negated = false;
    }
  }
  const meant = alternatives.filter((each) => each.length > 0);
  return meant.length === 0 || meant.some((each) => each.every(Boolean));
}

/** What may begin with the word behind a field. */
const FIELDS: Readonly<Record<string, (agent: Agent) => readonly string[]>> = {
  health: (agent) => [agent.health],
  reason: (agent) => [agent.reason],
  profile: (agent) => [agent.profile],
  project: (agent) => [projectOf(agent), agent.project],
  branch: (agent) => [agent.branch],
  session: (agent) => [agent.session_name],
  host: (agent) => [agent.host],
  group: (agent) => [agent.group, projectOf(agent), agent.session_name, agent.host],
};

function projectOf(agent: Agent): string {
  return agent.project.replace(/\/+$/, "").split("/").at(-1) ?? "";
}

function fitsWord(agent: Agent, given: string): boolean {
  const texts = [agent.agent, agent.command, agent.title, agent.cwd, agent.branch];
  if (given.length > 2 && given.startsWith("/") && given.endsWith("/")) {
    return texts.some((text) => matches(text, given.slice(1, -1)));
  }
  const word = caseless(given);
  if (word.startsWith("~") && word.length > 1) return hasInOrder(caseless(agent.agent), word.slice(1));
  const colon = word.indexOf(":");
  const field = colon < 0 ? undefined : Object.hasOwn(FIELDS, word.slice(0, colon)) ? FIELDS[word.slice(0, colon)] : undefined;
  if (field !== undefined) return field(agent).some((text) => caseless(text).startsWith(word.slice(colon + 1)));
  return texts.some((text) => caseless(text).includes(word));
}

/** So much of a text is matched: a browser's patterns may take long. */
const MATCHED_LETTERS = 500;

function matches(text: string, source: string): boolean {
  try {
    return new RegExp(source, "iu").test(text.slice(0, MATCHED_LETTERS));
  } catch {
    return false;
  }
}

function hasInOrder(text: string, letters: string): boolean {
  let from = 0;
  return Array.from(letters).every((letter) => {
    const at = text.indexOf(letter, from);
    from = at + letter.length;
    return at >= 0;
  });
}

const ASCII = /^[\x00-\x7f]*$/;

/** Without differences of case, as Python's `casefold`: letter by letter, and `ß` is `ss`. */
function caseless(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
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
        Number(a.lost) - Number(b.lost) ||
        HEALTHS.indexOf(a.health) - HEALTHS.indexOf(b.health) ||
        Number(b.reason === "attention") - Number(a.reason === "attention") ||
        (isUrgent(a.health) ? a.since_s - b.since_s : 0) ||
        (a.host < b.host ? -1 : Number(a.host > b.host)) ||
        numberOf(a.session) - numberOf(b.session),
    );
}

/** tmux counts sessions: `$3` is the fourth that its server began, and `$3@box` that of a host. */
function numberOf(session: string): number {
  return Number.parseInt(session.slice(1), 10);
}

/** Whether an agent waits for the user or makes no progress. */
export function isUrgent(health: Health): boolean {
  return health === "waiting" || health === "stuck";
}

/** Whether an agent needs the user now, as far as that is known. */
export function needsUser(agent: Agent): boolean {
  return isUrgent(agent.health) && !agent.lost;
}

/** Whether anything may be done to an agent, with others at once. */
export function isMarkable(agent: Agent | undefined): agent is Agent {
  return agent !== undefined && agent.health !== "exited";
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
    if (agent !== undefined && needsUser(agent)) return agent.id;
  }
  return null;
}

/** How many agents are in which health; those of machines that are not reached are in none. */
export function counted(agents: Iterable<Agent>): Record<Health, number> {
  const counts: Record<Health, number> = { waiting: 0, stuck: 0, exited: 0, idle: 0, ok: 0 };
  for (const agent of agents) if (!agent.lost) counts[agent.health] += 1;
  return counts;
}

/** A filter with the health switched on or off, as a click on its count does. */
export function withHealth(filter: string, health: Health): string {
  const words = filter.split(/\s+/).filter((word) => word !== "");
  const others = words.filter((word) => !word.startsWith("health:"));
  return words.includes(`health:${health}`) ? others.join(" ") : [...others, `health:${health}`].join(" ");
}
