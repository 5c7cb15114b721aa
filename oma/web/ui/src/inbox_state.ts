/** What the user did in the inbox that the server need not know: put off, picked, just answered. */

import { answer, shownName, type Reply } from "./actions";
import { say } from "./asking";
import { Cell } from "./cell";
import { keptMap } from "./kept";
import { isPutOff, matterOf, Settling, stillPicked, TAKEN_MS, type Picked } from "./model/inbox";
import { openDialog } from "./model/dialog";
import type { Agent } from "./model/types";
import { fleet } from "./page";

/** By id: until it is another matter. */
export const putOff = keptMap("oma.later");

export const picked = new Cell<Picked>(new Map());

/** By id, the matter that was answered, until the agent goes on. */
export const taken = new Cell<ReadonlyMap<string, string>>(new Map());

export const settling = new Settling();

fleet.follow(() => picked.set(stillPicked(picked.value, fleet.value.agents)));

export function putAgentOff(agent: Agent): void {
  putOff.set(new Map([...putOff.value, [agent.id, matterOf(agent)]]));
  unpick(agent.id);
}

/** Puts an agent off, or takes that back. */
export function togglePutOff(agent: Agent): void {
  if (isPutOff(agent, putOff.value)) putOff.set(new Map([...putOff.value].filter(([id]) => id !== agent.id)));
  else putAgentOff(agent);
}

export function showPutOff(): void {
  putOff.set(new Map());
}

/** Picks an agent's dialog as it is seen, or drops it again. */
export function togglePicked(agent: Agent): void {
  const asked = openDialog(agent);
  if (picked.value.has(agent.id) || asked === null) unpick(agent.id);
  else picked.set(new Map([...picked.value, [agent.id, asked]]));
}

export function unpick(id: string): void {
  if (picked.value.has(id)) picked.set(new Map([...picked.value].filter(([each]) => each !== id)));
}

export function isTaken(agent: Agent): boolean {
  return taken.value.get(agent.id) === matterOf(agent);
}

/** Answers the dialog that a card shows, by one press; not where it changed under the finger. @returns Whether it was given. */
export async function answerCard(agent: Agent, reply: Reply): Promise<boolean> {
  const asked = openDialog(agent);
  if (asked === null || isTaken(agent)) return false;
  if (!settling.isSettled(agent.id, performance.now())) {
    say(`${shownName(agent.agent)} has only just asked this: look again, then answer`, true);
    return false;
  }
  return give(agent, reply, asked.fingerprint);
}

/** Gives one answer to everything that was picked, each to the dialog that was seen. */
export async function answerPicked(reply: Reply): Promise<void> {
  const wanted = picked.value;
  picked.set(new Map());
  for (const [id, asked] of wanted) {
    const agent = fleet.value.agents.get(id);
    if (agent !== undefined) await give(agent, reply, asked.fingerprint);
  }
}

async function give(agent: Agent, reply: Reply, fingerprint: string): Promise<boolean> {
  const matter = matterOf(agent);
  taken.set(new Map([...taken.value, [agent.id, matter]]));
  unpick(agent.id);
  const forget = () => {
    if (taken.value.get(agent.id) === matter)
      taken.set(new Map([...taken.value].filter(([id]) => id !== agent.id)));
  };
  const given = await answer(agent.id, reply, fingerprint);
  if (given) setTimeout(forget, TAKEN_MS);
  else forget();
  return given;
}
