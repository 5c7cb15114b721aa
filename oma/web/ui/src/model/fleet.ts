/** The agents as the server's events tell of them. Pure: an event and a fleet make a fleet. */

import { askedWords } from "./dialog";
import { isUrgent, needsUser } from "./selecting";
import type { Agent, AgentsChanged, AgentsGone, AgentsSnapshot, Host, HostsChanged, ServerClock, TransitionEvent } from "./types";
import { untilOf } from "./words";

export type FleetEvent =
  | ({ readonly type: "snapshot" } & Pick<AgentsSnapshot, "n" | "at" | "agents" | "hosts">)
  | ({ readonly type: "clock" } & ServerClock)
  | ({ readonly type: "hosts" } & HostsChanged)
  | ({ readonly type: "agents" } & AgentsChanged)
  | { readonly type: "transition"; readonly transition: TransitionEvent }
  | ({ readonly type: "gone" } & AgentsGone);

export interface Fleet {
  readonly known: boolean;
  /** By their ids: a name may become another one. */
  readonly agents: ReadonlyMap<string, Agent>;
  /** How each machine is reached; empty where all agents are of the server's. */
  readonly hosts: ReadonlyMap<string, Host>;
  /** The server's clock minus the page's, in seconds: ages need no common clock, and one may be set anew. */
  readonly offset_s: number;
  /** What changed since the page was opened, newest first. */
  readonly recent: readonly TransitionEvent[];
  /** The number of the last transition so far. */
  readonly n: number;
}

export const NO_FLEET: Fleet = { known: false, agents: new Map(), hosts: new Map(), offset_s: 0, recent: [], n: -1 };

const RECENT = 50;

/** @param now_s The page's clock, in seconds, when the event arrived. */
export function folded(fleet: Fleet, event: FleetEvent, now_s: number): Fleet {
  switch (event.type) {
    case "snapshot":
      return {
        ...fleet,
        known: true,
        agents: new Map(event.agents.map((agent) => [agent.id, agent])),
        hosts: new Map(event.hosts.map((host) => [host.host, host])),
        n: event.n, // which is less than before where the server was started again
        offset_s: offset_s(event, now_s),
      };
    case "clock":
      return { ...fleet, offset_s: offset_s(event, now_s) };
    case "hosts":
      return { ...fleet, hosts: new Map([...fleet.hosts, ...event.hosts.map((host) => [host.host, host] as const)]) };
    case "agents": {
      const agents = new Map(fleet.agents);
      for (const agent of event.agents) agents.set(agent.id, agent);
      return { ...fleet, agents };
    }
    case "gone": {
      const agents = new Map(fleet.agents);
      for (const agent of event.agents) agents.delete(agent);
      return { ...fleet, agents };
    }
    case "transition":
      return withTransition(fleet, event.transition);
  }
}

function offset_s({ at }: ServerClock, now_s: number): number {
  return Date.parse(at) / 1000 - now_s;
}

function withTransition(fleet: Fleet, transition: TransitionEvent): Fleet {
  if (transition.n <= fleet.n) return fleet; // sent again after a lost connection
  const before = fleet.agents.get(transition.id ?? "");
  const agents = new Map(fleet.agents);
  if (before !== undefined) {
    const { to: health, reason, rule, evidence, since, since_s, dialog } = transition;
    const until = untilOf(transition.until, Date.parse(since) - since_s * 1000);
    agents.set(before.id, { ...before, health, reason, rule, evidence, until, since, since_s, dialog });
  }
  return {
    ...fleet,
    agents,
    n: transition.n,
    recent: [transition, ...fleet.recent].slice(0, RECENT),
  };
}

/** Something that the user who asked for notifications is told, once. */
export interface News {
  readonly key: string;
  readonly id: string;
  readonly agent: string;
  readonly health: Agent["health"];
  readonly words: string;
}

/**
 * What the event says of agents that need the user. A snapshot tells only what is new against a
 * fleet that was known, so that opening the page is silent and a lost connection loses nothing.
 */
export function news(before: Fleet, event: FleetEvent): News[] {
  if (event.type === "transition") {
    const { agent, to, n, t } = event.transition;
    const id = event.transition.id ?? "";
    if (!isUrgent(to) || n <= before.n || before.agents.get(id)?.health === to) return [];
    return [{ key: `${id}@${t}`, id, agent, health: to, words: askedWords(event.transition) }];
  }
  if (event.type === "gone" || event.type === "hosts" || event.type === "clock" || !before.known) return [];
  return event.agents
    .filter((agent) => needsUser(agent) && before.agents.get(agent.id)?.health !== agent.health)
    .map((each) => ({
      key: `${each.id}@${each.since_s}`,
      id: each.id,
      agent: each.agent,
      health: each.health,
      words: askedWords(each),
    }));
}

/**
 * How long the agent has been as it is, in seconds; never negative.
 * @param server_s The server's clock.
 */
export function age_s(agent: Agent, server_s: number): number {
  return Math.max(0, server_s - Date.parse(agent.since) / 1000);
}

/** When an agent became another, by the server's clock, in seconds. */
export function happened_s({ since, since_s, t }: TransitionEvent): number {
  return Date.parse(since) / 1000 + t - since_s;
}

/** The agent of an id; else the one of that name, of several the one that lives. */
export function agentAt(fleet: Fleet, reference: string | null): Agent | undefined {
  if (reference === null) return undefined;
  const named = [...fleet.agents.values()].filter((agent) => agent.agent === reference);
  return fleet.agents.get(reference) ?? named.find((agent) => agent.health !== "exited") ?? named.at(-1);
}
