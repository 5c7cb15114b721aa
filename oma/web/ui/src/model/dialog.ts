/** What an agent asks, as the page shows it and lets it be answered. */

import type { Agent, Dialog, DialogOption } from "./types";

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
