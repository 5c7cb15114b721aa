/** Agents that the user marked in the list, and what is done to all of them after one question. */

import { shownName } from "./actions";
import { dialog, say } from "./asking";
import { Cell } from "./cell";
import { isMarkable } from "./model/selecting";
import type { Agent, Said } from "./model/types";
import { fleet } from "./page";
import { agentPath, post, Refusal } from "./server/http";

/** By their ids. */
export const marked = new Cell<ReadonlySet<string>>(new Set());

fleet.follow(() => {
  const { agents, known } = fleet.value;
  const left = [...marked.value].filter((id) => isMarkable(agents.get(id)));
  if (known && left.length < marked.value.size) marked.set(new Set(left));
});

export function toggleMarked(id: string): void {
  const others = [...marked.value].filter((each) => each !== id);
  const added = others.length === marked.value.size && isMarkable(fleet.value.agents.get(id));
  marked.set(new Set(added ? [...others, id] : others));
}

/** Marks all of these; none, where all of them are marked. */
export function toggleAllMarked(agents: readonly Agent[]): void {
  const ids = agents.filter(isMarkable).map((agent) => agent.id);
  marked.set(new Set(ids.every((id) => marked.value.has(id)) ? [] : ids));
}

/** Asks before something is done to all that is marked: to those, whatever is marked by then. */
export function askAboutMarked(verb: "send" | "stop"): void {
  const agents = [...marked.value].flatMap((id) => fleet.value.agents.get(id) ?? []);
  if (agents.length > 0) dialog.set({ kind: "marked", verb, agents });
}

/** Does it to one after the other; says how many it was done to, and of each other one why not. */
export async function actOnAll(agents: readonly Agent[], verb: "send" | "stop", body: object = {}): Promise<boolean> {
  let done = 0;
  for (const agent of agents) {
    try {
      await post<Said>(agentPath(agent.id, verb), body);
      done += 1;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      say(`${shownName(agent.agent)}: ${error.message}`, true);
    }
  }
  const verbs = { send: "sent to", stop: "stopped" };
  if (done > 0) say(`${verbs[verb]} ${done === 1 ? "one agent" : `${done} agents`}`);
  if (done === agents.length) marked.set(new Set());
  return done === agents.length;
}
