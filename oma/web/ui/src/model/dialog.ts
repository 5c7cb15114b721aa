/** What an agent asks, as the page shows it and lets it be answered. */

import type { Agent, Dialog, DialogOption } from "./types";
import { printable } from "./words";

/** The dialog that may be answered now; null where there is none. */
export function openDialog(agent: Agent | undefined): Dialog | null {
  return agent?.health === "waiting" ? (agent.dialog ?? null) : null;
}

/** The option that a key chooses; null where no option does. */
export function optionOf(dialog: Dialog | null, key: string): DialogOption | null {
  return dialog?.options.find((option) => option.key !== "" && option.key === key) ?? null;
}

/** The option that a key of the keyboard chooses: by its own key, else the digit counts from the top. */
export function optionByKey(dialog: Dialog, key: string): DialogOption | null {
  const own = dialog.options.find((option) => option.key !== "" && option.key === key);
  if (own !== undefined) return own;
  if (dialog.options.some((option) => /^[0-9]$/.test(option.key))) return null; // its digits mean something
  const counted = dialog.options[Number(key) - 1];
  return counted !== undefined && counted.key !== "" ? counted : null;
}

/** An option as a button shows it: `2 Yes, and do not ask again`. */
export function optionWords(option: DialogOption): string {
  return option.label === "" ? option.key : `${option.key} ${option.label}`.trim();
}

/** As far into what a reason rests on; further on its words may be cut off. */
const BEGINNING_CHARACTERS = 40;
/** A first word of so many says what the others only say more exactly: `error-text`, and `Error: …`. */
const TELLING_CHARACTERS = 5;

/** The reason of a health; empty where the evidence beside it begins with that: the rule of the dashboard. */
export function toldReason({ reason, evidence, until }: Pick<Agent, "reason" | "evidence"> & { readonly until: unknown }): string {
  const words = reason.replaceAll("-", " ");
  const first = words.split(" ")[0] ?? "";
  const beginning = ` ${evidence.trim().slice(0, BEGINNING_CHARACTERS).toLowerCase()}`;
  const begins = first.length >= TELLING_CHARACTERS && beginning.startsWith(` ${first}`);
  return until === null && (begins || beginning.includes(` ${words}`)) ? "" : reason;
}

/** What a health rests on; empty where the dialog that is shown beside it says that. */
export function toldEvidence(agent: Agent): string {
  const { subject = "", question = "" } = openDialog(agent) ?? {};
  const evidence = printable(agent.evidence).trim();
  return [subject, question].some((text) => printable(text).includes(evidence)) ? "" : evidence;
}

interface Asking {
  readonly dialog?: Dialog | null;
  readonly evidence: string;
  readonly reason: string;
}

/** What is asked in a few words, first what it is about; else the evidence, else the reason. */
export function askedWords(asking: Asking): string {
  const parts = [asking.dialog?.subject ?? "", asking.dialog?.question ?? ""];
  return parts.filter((part) => part !== "").join("\n") || asking.evidence || asking.reason;
}
