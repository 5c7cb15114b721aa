/** What a person does to an agent; all that cannot be taken back is asked about first. */

import { dialog, saying } from "./asking";
import type { Agent } from "./model/types";
import { printable } from "./model/words";
import { agentPath, post } from "./server/http";

interface Said {
  readonly said?: string;
}

type Deed = "stop" | "kill" | "restart";

const QUESTIONS: Readonly<Record<Deed, { question: string; detail: string; button: string }>> = {
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

export function askDeed(agent: Agent, deed: Deed): void {
  const { question, detail, button } = QUESTIONS[deed];
  dialog.set({
    kind: "confirm",
    question: `${question} ${shownName(agent.agent)}?`,
    detail,
    button,
    danger: deed === "kill",
    act: () => saying(post<Said>(agentPath(agent.agent, deed)), `${deed}: ${shownName(agent.agent)}`),
  });
}

export function askAnswer(agent: Agent, digit: string): void {
  const fingerprint = agent.dialog?.fingerprint ?? "";
  dialog.set({
    kind: "confirm",
    question: `Answer ${digit} to ${shownName(agent.agent)}?`,
    detail: printable(agent.evidence),
    button: `Answer ${digit}`,
    danger: false,
    act: () => saying(post<Said>(agentPath(agent.agent, "answer"), { key: digit, fingerprint }), `answered ${digit}`),
  });
}

/** Types a text into an agent; false if the server refused, which is said. */
export function send(agent: Agent, text: string): Promise<boolean> {
  return saying(post<Said>(agentPath(agent.agent, "send"), { text }), "sent");
}

export function openTerminal(agent: Agent): Promise<boolean> {
  return saying(post<Said>(agentPath(agent.agent, "attach-terminal")), "a terminal was opened");
}

/** A name as the page shows it: without the prefix that agents' sessions have. */
export function shownName(agent: string): string {
  return printable(agent).replace(/^oma-agent-(?=.)/, "");
}
