/** Numbers and moments in the few words that a page has room for. */

import type { Agent, Ending, Health, Until } from "./types";

const UNITS: readonly (readonly [number, string])[] = [
  [86400, "d"],
  [3600, "h"],
  [60, "m"],
  [1, "s"],
];

/** How long something took or ago it was: `now`, `12s`, `5m`, `3h`, `2d`. */
export function short(seconds: number): string {
  for (const [size, unit] of UNITS) {
    if (seconds >= size) return `${Math.floor(seconds / size)}${unit}`;
  }
  return "now";
}

/**
 * When a failure or a limit ends: `until 15:45:00`, with the date on another day than `now_ms`; empty for none.
 * A time of day without a zone stands as the agent wrote it.
 */
export function until(ending: Until | null, now_ms: number): string {
  if (ending === null) return "";
  if (ending.at === null) return `until ${printable(ending.text)}`;
  const at = new Date(ending.at);
  const two = (n: number) => String(n).padStart(2, "0");
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  if (at.toDateString() === new Date(now_ms).toDateString()) return `until ${time}`;
  return `until ${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${time.slice(0, 5)}`;
}

const DAY_AND_TIME = new Intl.DateTimeFormat(undefined, { dateStyle: "short", timeStyle: "short" });

/** A time of the server with its day, as the browser writes them. */
export function moment(at: string): string {
  return DAY_AND_TIME.format(new Date(at));
}

/** What a log says of an end, with the wall time of its moment; `began_ms` is that of the log's beginning. */
export function untilOf(ending: Ending | null, began_ms: number): Until | null {
  if (ending === null) return null;
  const at = ending.t === null ? null : new Date(began_ms + ending.t * 1000).toISOString();
  return { text: ending.text, at };
}

/** What a user did to an agent: `answer 1 Yes, by kim`. */
export function actWords(act: { readonly command: string; readonly text: string; readonly by: string }): string {
  const what = `${act.command} ${printable(act.text)}`.trim();
  return act.by === "" ? what : `${what}, by ${printable(act.by)}`;
}

/** A place in a recording: `0:05`, `12:34`, `1:02:03`. */
export function position(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n: number) => String(n).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  const tail = two(whole % 60);
  if (minutes < 60) return `${minutes}:${tail}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${tail}`;
}

/** Seconds of what the user typed: `90`, `1:30`, `1:02:03`; null when it is none of these. */
export function seconds(text: string): number | null {
  const parts = text.trim().split(":");
  if (parts.length > 3 || parts.some((part) => !/^\d{1,7}(\.\d{1,3})?$/.test(part))) return null;
  return parts.reduce((sum, part) => sum * 60 + Number(part), 0);
}

/** A share of a processor: `12%`; `–` when it is not known. */
export function percent(value: number | null): string {
  return value === null ? "–" : `${Math.round(value)}%`;
}

/** An amount of memory: `812K`, `64M`, `4.2G`; `–` when it is not known. */
export function size(bytes: number | null): string {
  if (bytes === null) return "–";
  if (bytes >= 2 ** 30) return `${(bytes / 2 ** 30).toFixed(bytes >= 100 * 2 ** 30 ? 0 : 1)}G`;
  if (bytes >= 2 ** 20) return `${Math.round(bytes / 2 ** 20)}M`;
  if (bytes >= 2 ** 10) return `${Math.round(bytes / 2 ** 10)}K`;
  return `${bytes}B`;
}

/** The title of the page: who needs the user, before the name of the program. */
export function title(counts: Readonly<Record<Health, number>>): string {
  const urgent = (["waiting", "stuck"] as const).filter((health) => counts[health] > 0);
  const words = urgent.map((health) => `${counts[health]} ${health}`);
  return words.length > 0 ? `${words.join(", ")} · oma` : "oma";
}

/** A branch with what is not upstream `+`, not here `-`, not committed `*` and in conflict `!`: `fix +2 *3`. */
export function checkout(agent: Pick<Agent, "branch" | "changes">): string {
  const { branch, changes } = agent;
  if (branch === "" || changes === null) return printable(branch);
  const counts: [string, number | null][] = [
    ["+", changes.ahead],
    ["-", changes.behind],
    ["*", changes.dirty],
    ["!", changes.conflicts],
  ];
  return [printable(branch), ...counts.flatMap(([sign, count]) => (count ? [sign + count] : []))].join(" ");
}

/** A path with the home directory as `~`, and only its end where it is long. */
export function place(path: string): string {
  const home = path.replace(/^\/(?:home|Users)\/[^/]+/, "~").replace(/^\/root(?=\/|$)/, "~");
  return home.length <= 32 ? home : `…${home.slice(-31)}`;
}

/**
 * Text of an agent without what could disturb the page: control characters, those that change the
 * direction of writing, and those that show nothing, with which a name looks like another.
 */
export function printable(text: string): string {
  return text.replace(/[\u180e\u200b\u2060\ufeff]/g, "").replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "�");
}
