/** In which groups, and in which order, the list shows agents. Pure. */

import { isPutOff } from "./inbox";
import { listed } from "./selecting";
import type { Agent, Health } from "./types";

/** What agents of a group are sorted by. */
export const SORTINGS = ["need", "name", "processor", "memory"] as const;
export type Sorting = (typeof SORTINGS)[number];

export interface Arrangement {
  readonly filter: string;
  readonly grouping: Grouping;
  readonly sorting: Sorting;
  /** Ids of agents that stand first. */
  readonly pinned: ReadonlySet<string>;
  /** By id, the matter of each that stands last until it is another. */
  readonly put_off: ReadonlyMap<string, string>;
}

/** The groups of the agents that the filter fits, from top to bottom. */
export function arranged(agents: Iterable<Agent>, how: Arrangement): Group[] {
  const found = listed(agents, how.filter);
  const last = found.filter((agent) => isPutOff(agent, how.put_off));
  const all = found.filter((agent) => !last.includes(agent));
  const first = all.filter((agent) => how.pinned.has(agent.id));
  const groups = grouped(all.filter((agent) => !how.pinned.has(agent.id)), how.grouping);
  const pinned: Group = { key: "pinned", heading: "Pinned", worst: null, agents: first };
  const later: Group = { key: "later", heading: "Later", worst: null, agents: last };
  return [pinned, ...groups, later]
    .filter((group) => group.agents.length > 0)
    .map((group) => ({ ...group, agents: sorted(group.agents, how.sorting) }));
}

/** @param agents In the order of `listed`, which stays among equals. */
function sorted(agents: readonly Agent[], by: Sorting): readonly Agent[] {
  switch (by) {
    case "need":
      return agents;
    case "name":
      return agents.toSorted((a, b) => a.agent.localeCompare(b.agent, undefined, { numeric: true }));
    case "processor":
      return agents.toSorted((a, b) => (b.cpu_percent ?? -1) - (a.cpu_percent ?? -1));
    case "memory":
      return agents.toSorted((a, b) => (b.rss_bytes ?? -1) - (a.rss_bytes ?? -1));
  }
}

/** What the list may be grouped by; `group` is what the user called it: `oma new --group`. */
export const GROUPINGS = ["need", "group", "project", "session", "host"] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** The next one that tells agents apart, round the end: the rule of the dashboard. */
export function nextGrouping(current: Grouping, agents: Iterable<Agent>): Grouping {
  const all = [...agents];
  const idle = (by: Grouping) => (by === "group" || by === "host") && !all.some((agent) => agent[by] !== "");
  const order = GROUPINGS.filter((by) => by === current || !idle(by));
  return order[(order.indexOf(current) + 1) % order.length] ?? current;
}

/** Agents below a heading. */
export interface Group {
  readonly key: string;
  readonly heading: string;
  /** The worst of its agents; null where the heading says it. */
  readonly worst: Health | null;
  readonly agents: readonly Agent[];
}

/**
 * The groups in which the list shows agents. One of a project or session stands where its first
 * agent would stand alone.
 *
 * @param agents In the order of `listed`.
 */
export function grouped(agents: readonly Agent[], by: Grouping): Group[] {
  if (by === "need")
    return GROUPS.map(({ name, healths }) => ({
      key: name,
      heading: name,
      worst: null,
      agents: agents.filter((agent) => (agent.lost ? name === LOST : healths.includes(agent.health))),
    })).filter((group) => group.agents.length > 0);
  const groups = new Map<string, Agent[]>();
  for (const agent of agents) {
    const key = keyOf(agent, by);
    groups.set(key, [...(groups.get(key) ?? []), agent]);
  }
  const headings = by === "project" ? projectNames([...groups.keys()]) : new Map<string, string>();
  return [...groups].map(([key, members]) => ({
    key,
    heading: headings.get(key) ?? (key === "" ? UNNAMED[by] : by === "session" ? members[0]?.session_name || key : key),
    worst: members[0]?.health ?? null,
    agents: members,
  }));
}

/** The headings of those that are in none. */
const UNNAMED = { group: "no group", project: "no directory", session: "", host: "this machine" };

function keyOf(agent: Agent, by: Exclude<Grouping, "need">): string {
  switch (by) {
    case "project":
      return agent.project.replace(/(?<=[^/])\/+$/, "");
    case "session":
      return agent.session;
    case "group":
    case "host":
      return agent[by];
  }
}

/** As many directories of a path are in a heading; where more are needed, it is the whole path. */
const MOST_PARTS = 6;

/** The shortest end of each path that no other one shares. */
function projectNames(paths: readonly string[]): Map<string, string> {
  const names = new Map(paths.filter((path) => path !== "").map((path) => [path, path]));
  for (let length = MOST_PARTS; length > 0; length--) {
    const ends = paths.map((path) => path.replace(/^\/+|\/+$/g, "").split("/").slice(-length).join("/"));
    paths.forEach((path, n) => {
      const end = ends[n] ?? "";
      if (end !== "" && ends.filter((each) => each === end).length === 1) names.set(path, end);
    });
  }
  return names;
}

/** The group of those whose machines are not reached. */
const LOST = "Not reached";

/** The groups by need, each with what it means to the user. */
const GROUPS: readonly { readonly name: string; readonly healths: readonly Health[] }[] = [
  { name: "Needs you", healths: ["waiting", "stuck"] },
  { name: "Ended", healths: ["exited"] },
  { name: "Quiet", healths: ["idle"] },
  { name: "Working", healths: ["ok"] },
  { name: LOST, healths: [] },
];
