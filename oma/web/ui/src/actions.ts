/** What the user does to an agent; all that cannot be taken back is asked about first. */

import { dialog, saying } from "./asking";
import { openDialog, optionByKey } from "./model/dialog";
import type { Agent, Said } from "./model/types";
import { printable } from "./model/words";
import { agentPath, post } from "./server/http";

type Verb = "stop" | "kill" | "restart";

const QUESTIONS: Readonly<Record<Verb, { question: string; detail: string; button: string }>> = {
  stop: {
    question: "Stop",
    detail: "Ctrl-C first, then SIGTERM; its session ends if it goes on all the same.",
    button: "Stop it",
  },
  kill: { question: "Kill", detail: "Its session ends at once, with all that runs in it.", button: "Kill it" },
  restart: {
    question: "Restart",
    detail: "What runs in its pane ends, and its program is started again.",
    button: "Restart it",
  },
};

export function askFirst(agent: Agent, verb: Verb): void {
  const { question, detail, button } = QUESTIONS[verb];
  dialog.set({
    kind: "confirm",
    question: `${question} ${shownName(agent.agent)}?`,
    detail,
    button,
    danger: verb === "kill",
    act: () => saying(post<Said>(agentPath(agent.id, verb)), `${verb}: ${shownName(agent.agent)}`),
  });
}

/** Asks before an answer to the dialog that an agent shows; nothing where the key chooses no option. */
export function askAnswer(agent: Agent, key: string): void {
  const asked = openDialog(agent);
  const option = asked === null ? null : optionByKey(asked, key);
  if (asked === null || option === null) return;
  dialog.set({ kind: "answer", id: agent.id, agent: agent.agent, key: option.key, asked });
}

/** The key of an option, or a line of text where the dialog takes one. */
export type Reply = { readonly key: string } | { readonly text: string };

/** @param fingerprint Of the dialog that was shown; the server refuses where another stands there. */
export function answer(id: string, reply: Reply, fingerprint: string): Promise<boolean> {
  return saying(post<Said>(agentPath(id, "answer"), { ...reply, fingerprint }), "answered");
}

/** Types a text into an agent; false if the server refused, which is said. */
export function send(agent: Agent, text: string): Promise<boolean> {
  return saying(post<Said>(agentPath(agent.id, "send"), { text }), "sent");
}

export function openTerminal(agent: Agent): Promise<boolean> {
  return saying(post<Said>(agentPath(agent.id, "attach-terminal")), "a terminal was opened");
}

/** A name as the page shows it: without the prefix that agents' sessions have. */
export function shownName(agent: string): string {
  return printable(agent).replace(/^([^/]*\/)?oma-agent-(?=.)/, "$1");
}
