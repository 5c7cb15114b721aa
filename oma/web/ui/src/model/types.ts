/** The words of the server's interface, as it sends them. */

export const HEALTHS = ["waiting", "stuck", "exited", "idle", "ok"] as const;
/** How an agent is; first those that need a person. */
export type Health = (typeof HEALTHS)[number];

export type Role = "viewer" | "operator" | "admin";

/** Who this browser is to the server. */
export interface Session {
  readonly role: Role;
  readonly name: string;
  /** When the login ends, ISO 8601. */
  readonly expires_at: string;
  /** The one agent that may be seen, where the login is for one. */
  readonly agent: string | null;
  readonly read_only: boolean;
  readonly version: string;
  /** Whether the server can show terminals. */
  readonly terminal: boolean;
}

export interface DialogOption {
  /** What chooses it, a digit; empty where only the arrow keys reach it. */
  readonly key: string;
  readonly label: string;
  readonly chosen: boolean;
}

/** What an agent asks on its screen. */
export interface Dialog {
  readonly question: string;
  /** What is to be permitted or decided: a command, a file; may have several lines. */
  readonly subject: string;
  readonly options: readonly DialogOption[];
  /** An answer carries it back, and is refused when the agent asks something else by then. */
  readonly fingerprint: string;
}

export interface Agent {
  readonly agent: string;
  readonly session: string;
  readonly pane: string | null;
  readonly health: Health;
  readonly reason: string;
  readonly rule: string;
  readonly evidence: string;
  /** Wall time, ISO 8601. */
  readonly since: string;
  /** Seconds of the log. */
  readonly since_s: number;
  readonly idle_s: number;
  readonly profile: string;
  readonly command: string;
  readonly title: string;
  readonly cwd: string;
  readonly pid: number | null;
  readonly cpu_percent: number | null;
  readonly rss_bytes: number | null;
  /** What it asks; null unless it waits and its screen shows options. */
  readonly dialog?: Dialog | null;
  readonly viewers?: readonly string[];
  readonly controlled_by?: string | null;
}

export interface Transition {
  /** Seconds of the log. */
  readonly t: number;
  readonly seq: number;
  /** Consecutive number; recordings have none. */
  readonly n?: number;
  readonly agent: string;
  readonly from: Health | null;
  readonly to: Health;
  readonly reason: string;
  readonly rule: string;
  readonly evidence: string;
  /** What the agent asks, where it began to wait; recordings tell it of agents alone. */
  readonly dialog?: Dialog | null;
}

export interface Seen {
  readonly health: Health;
  readonly rule: string;
  readonly text: string;
  /** Of the screen, from 1. */
  readonly line: number | null;
  /** How many seconds ago it was first seen. */
  readonly since: number;
  readonly counts: boolean;
  readonly lost: string | null;
}

/** What `oma why --json` prints. */
export interface Explanation {
  readonly t: number;
  readonly agent: string;
  readonly profile: string;
  readonly health: Health;
  readonly reason: string;
  readonly rule: string;
  readonly evidence: string;
  readonly line: number | null;
  readonly since: number;
  readonly sees_screen: boolean;
  readonly seen: readonly Seen[];
  readonly if_it_goes: { readonly health: Health; readonly rule: string } | null;
  readonly if_nothing_happens: {
    readonly t: number;
    readonly health: Health;
    readonly reason: string;
    readonly rule: string;
  } | null;
}

export interface Proposals {
  readonly command: string;
  readonly directory: string;
  readonly profiles: readonly string[];
}

export interface Watcher {
  readonly name: string;
  readonly role: Role;
  readonly agent: string | null;
  readonly since: string;
}

export interface RecordingFile {
  readonly name: string;
  readonly bytes: number;
  readonly started_at: string | null;
  readonly modified_at: string;
}

export interface Summary {
  readonly started_at: string;
  readonly duration_s: number;
  readonly agents: readonly { readonly agent: string; readonly transitions: readonly Transition[] }[];
}

export interface Moment {
  readonly t: number;
  readonly agents: readonly Agent[];
}

/** A screen as text that a fresh terminal of its size can be fed with. */
export interface PastScreen {
  readonly columns: number;
  readonly rows: number;
  readonly ansi: string;
}
