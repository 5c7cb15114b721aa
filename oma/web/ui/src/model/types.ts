/** The server's JSON. Made of its OpenAPI document by `npm run types`; not to be edited. */

/** Something that a user did to an agent. */
export interface Act {
  /** Seconds of the log. */
  readonly t: number;
  /** `answer`, `send`, `stop`… */
  readonly command: string;
  readonly text: string;
  /** Their login in a browser; empty for whoever sat at the machine. */
  readonly by: string;
}

/** One agent on one day. */
export interface AgentDay {
  /** `2026-11-30`, of the local calendar. */
  readonly day: string;
  /** Its name. */
  readonly agent: string;
  /** Its kind. */
  readonly profile: string;
  /** The repository that its directory was in, else the directory. */
  readonly project: string;
  /** `ok`, `idle`, `waiting` and `stuck` → for how long. */
  readonly seconds: Readonly<Record<string, number>>;
  /** So often it waited. */
  readonly waits: number;
  /** So many of these waits were answered. */
  readonly answered: number;
  /** How soon. */
  readonly answered_in_s: AnswerTimes;
  /** Reason, as a code → so often it was stuck for it. */
  readonly failures: Readonly<Record<string, number>>;
}

/** An agent as it is now, and who looks at it. */
export interface Agent {
  /** Its name. */
  readonly agent: string;
  /** Its id, which never changes: `$1` of a session, `%5` of a pane. */
  readonly id: string;
  /** `session:window.pane`; null where its session is its own. */
  readonly place: string | null;
  /** tmux's id of its session. */
  readonly session: string;
  /** tmux's id of its pane. */
  readonly pane: string | null;
  /** How it is. */
  readonly health: Health;
  /** Why, as a code: `permission`, `silent`, `retry`… */
  readonly reason: string;
  /** What decided: `claude/retry`. */
  readonly rule: string;
  /** The line or fact that the rule rests on. */
  readonly evidence: string;
  /** When it ends, where the screen says that. */
  readonly until: Until | null;
  /** Since when it is so: date and time. */
  readonly since: string;
  /** Seconds since it was last active; null if it never was. */
  readonly idle_s: number | null;
  /** Its kind; `generic` where that is not known. */
  readonly profile: string;
  /** The program in the foreground of its pane. */
  readonly command: string;
  /** Of its terminal. */
  readonly title: string;
  /** Its directory. */
  readonly cwd: string;
  /** That the user put it in; empty for none. */
  readonly group: string;
  /** The name of its session. */
  readonly session_name: string;
  /** The repository that its directory is in, else the directory. */
  readonly project: string;
  /** The git branch there; empty if there is none. */
  readonly branch: string;
  /** What is not committed there, or not upstream; null where that was not looked at. */
  readonly changes: Changes | null;
  /** What its title says that it does; empty if nothing. */
  readonly task: string;
  /** Of the process in the foreground. */
  readonly pid: number | null;
  /** Of one core, all its processes together. */
  readonly cpu_percent: number | null;
  /** Memory, all its processes together. */
  readonly rss_bytes: number | null;
  /** What it asks; null if nothing. */
  readonly dialog: Dialog | null;
  /** Since when it is so, in seconds of the log. */
  readonly since_s: number;
  /** Its machine, where agents of several are shown; else empty. */
  readonly host: string;
  /** Its machine is not reached: it is shown as it was. */
  readonly lost: boolean;
  /** The logins that look at its terminal. */
  readonly viewers: readonly string[];
  /** The login that types into it; null for nobody. */
  readonly controlled_by: string | null;
}

/** What happened to one agent. */
export interface AgentTimeline {
  /** Of its pane; or its name, where a session was made for it, perhaps several times. */
  readonly id: string;
  /** The name that it had last. */
  readonly agent: string;
  readonly transitions: readonly Transition[];
  readonly acts: readonly Act[];
}

/** An agent and what is on its screen. */
export interface AgentWithScreen {
  /** Its name. */
  readonly agent: string;
  /** Its id, which never changes: `$1` of a session, `%5` of a pane. */
  readonly id: string;
  /** `session:window.pane`; null where its session is its own. */
  readonly place: string | null;
  /** tmux's id of its session. */
  readonly session: string;
  /** tmux's id of its pane. */
  readonly pane: string | null;
  /** How it is. */
  readonly health: Health;
  /** Why, as a code: `permission`, `silent`, `retry`… */
  readonly reason: string;
  /** What decided: `claude/retry`. */
  readonly rule: string;
  /** The line or fact that the rule rests on. */
  readonly evidence: string;
  /** When it ends, where the screen says that. */
  readonly until: Until | null;
  /** Since when it is so: date and time. */
  readonly since: string;
  /** Seconds since it was last active; null if it never was. */
  readonly idle_s: number | null;
  /** Its kind; `generic` where that is not known. */
  readonly profile: string;
  /** The program in the foreground of its pane. */
  readonly command: string;
  /** Of its terminal. */
  readonly title: string;
  /** Its directory. */
  readonly cwd: string;
  /** That the user put it in; empty for none. */
  readonly group: string;
  /** The name of its session. */
  readonly session_name: string;
  /** The repository that its directory is in, else the directory. */
  readonly project: string;
  /** The git branch there; empty if there is none. */
  readonly branch: string;
  /** What is not committed there, or not upstream; null where that was not looked at. */
  readonly changes: Changes | null;
  /** What its title says that it does; empty if nothing. */
  readonly task: string;
  /** Of the process in the foreground. */
  readonly pid: number | null;
  /** Of one core, all its processes together. */
  readonly cpu_percent: number | null;
  /** Memory, all its processes together. */
  readonly rss_bytes: number | null;
  /** What it asks; null if nothing. */
  readonly dialog: Dialog | null;
  /** Since when it is so, in seconds of the log. */
  readonly since_s: number;
  /** Its machine, where agents of several are shown; else empty. */
  readonly host: string;
  /** Its machine is not reached: it is shown as it was. */
  readonly lost: boolean;
  /** The logins that look at its terminal. */
  readonly viewers: readonly string[];
  /** The login that types into it; null for nobody. */
  readonly controlled_by: string | null;
  /** Its lines. */
  readonly screen: readonly string[];
  /** Of its pane. */
  readonly columns: number;
  /** Of its pane. */
  readonly rows: number;
}

/** `agents` of `/api/events`: those that changed, as they are now. */
export interface AgentsChanged {
  readonly agents: readonly Agent[];
}

/** `gone` of `/api/events`: the ids of agents that are no more. */
export interface AgentsGone {
  readonly agents: readonly string[];
}

/** `snapshot` of `/api/events`: every agent. */
export interface AgentsSnapshot {
  readonly seq: number;
  /** Seconds of the log. */
  readonly t: number;
  /** What the server's clock shows. */
  readonly at: string;
  /** The number of the last transition so far. */
  readonly n: number;
  readonly agents: readonly Agent[];
  /** Empty where all agents are of the server's machine. */
  readonly hosts: readonly Host[];
}

/** An option to choose in the dialog that was shown, and in no other. */
export interface AnswerBody {
  readonly key?: string | null;
  /** In place of a key, where the dialog takes text; Enter comes after it. */
  readonly text?: string | null;
  /** Of that dialog. */
  readonly fingerprint: string;
}

/** How long an agent waited for its answers. */
export interface AnswerTimes {
  /** Half of the answers came within this time; null for no answer. */
  readonly median: number | null;
  /** All of them did. */
  readonly longest: number | null;
}

/** How the files and the branch of a checkout stood when its agent last rested. */
export interface Changes {
  /** Files that are not committed: changed, new or in conflict. */
  readonly dirty: number;
  /** Files that are in conflict. */
  readonly conflicts: number;
  /** Commits that its upstream lacks; null where it has no upstream. */
  readonly ahead: number | null;
  /** Commits of its upstream that it lacks; null where it has none. */
  readonly behind: number | null;
}

/** What an agent asks. */
export interface Dialog {
  /** The question. */
  readonly question: string;
  /** What is to be permitted: a command, a file; may have lines. */
  readonly subject: string;
  /** In the order of the screen. */
  readonly options: readonly DialogOption[];
  /** A line of text and Enter answer it; the options are examples of one. */
  readonly takes_text: boolean;
  /** Of these words and options. An answer carries it back (`oma answer --to`), and is refused when another dialog is open by then. */
  readonly fingerprint: string;
}

/** One option of a dialog. */
export interface DialogOption {
  /** What is typed to choose it; empty where only the arrow keys reach it. */
  readonly key: string;
  /** Its words. */
  readonly label: string;
  /** It is the one that Enter takes. */
  readonly chosen: boolean;
}

/** A browser that takes no notifications any more. */
export interface EndedPush {
  readonly endpoint: string;
}

/** When a failure ends, in the log. */
export interface Ending {
  /** As the agent wrote it. */
  readonly text: string;
  /** Seconds of the log, where the text says that. */
  readonly t: number | null;
}

/** One thing that was seen of an agent, and what it says. */
export interface Evidence {
  /** What it says. */
  readonly health: Health;
  /** By which rule. */
  readonly rule: string;
  /** The line or fact. */
  readonly text: string;
  /** Of the screen, from 1. */
  readonly line: number | null;
  /** For how many seconds it has been there. */
  readonly since: number;
  /** It has been there for as long as its rule asks. */
  readonly counts: boolean;
  /** Why it did not decide; null for what did. */
  readonly lost: string | null;
}

/** Why an agent is as it is. */
export interface Explanation {
  /** The moment that is explained, in seconds of the log. */
  readonly t: number;
  /** The agent's name. */
  readonly agent: string;
  /** The agent's id; null in what older versions recorded. */
  readonly id: string | null;
  /** tmux's id of its pane. */
  readonly pane: string | null;
  /** `session:window.pane`; null where its session is its own. */
  readonly place: string | null;
  /** Because of the name of its session, or because it was found in its pane. */
  readonly listed: "session" | "pane";
  /** Its kind. */
  readonly profile: string;
  /** What told its kind; null where nothing did. */
  readonly recognised: Recognised | null;
  /** Its health. */
  readonly health: Health;
  /** Why, as a code. */
  readonly reason: string;
  /** What decided. */
  readonly rule: string;
  /** The line or fact that the rule rests on. */
  readonly evidence: string;
  /** When it ends, where the screen says that. */
  readonly until: Ending | null;
  /** The line of the screen that decided, from 1. */
  readonly line: number | null;
  /** For how many seconds it has been so. */
  readonly since: number;
  /** Its screen is known. */
  readonly sees_screen: boolean;
  /** All that was seen, what decided first. */
  readonly seen: readonly Evidence[];
  /** What it would be without what decided. */
  readonly if_it_goes: Successor | null;
  /** What time alone makes of it; null for nothing. */
  readonly if_nothing_happens: Outlook | null;
}

/** How an agent is; the values are the words of the command line and of JSON. */
export type Health = "ok" | "idle" | "waiting" | "stuck" | "exited";

/** What happened to an agent since the server began, and before where its machine tells that; the oldest first. */
export interface History {
  /** Now, in seconds of the log. */
  readonly t: number;
  readonly entries: readonly HistoryEntry[];
}

/** One thing that happened to an agent. */
export interface HistoryEntry {
  /** Seconds of the log. */
  readonly t: number;
  /** The same by the calendar. */
  readonly at: string;
  /** What it became; null where a user did something. */
  readonly health: Health | null;
  readonly reason: string;
  /** What a user did: `answer`, `send`, `stop`…; else empty. */
  readonly command: string;
  readonly text: string;
  /** Their login; empty for whoever sits at the machine. */
  readonly by: string;
}

/** How a machine is reached whose agents are shown. */
export interface Host {
  readonly host: string;
  readonly state: LinkState;
  /** Why it is not; else empty. */
  readonly words: string;
}

/** `hosts` of `/api/events`: those that are reached otherwise than before. */
export interface HostsChanged {
  readonly hosts: readonly Host[];
}

/** An address that works once. */
export interface Invitation {
  readonly url: string;
  readonly name: string;
  readonly expires_at: string;
}

/** How a host is reached; the values are what a user reads. */
export type LinkState = "connecting" | "live" | "lost" | "not reached" | "stopped";

/** Log in with a token, or with the code of a login address. */
export interface LogIn {
  readonly token?: string | null;
  /** It works once. */
  readonly code?: string | null;
}

/** `snapshot` of an agent's log: the lines of its screen; `lines`: those that came after. */
export interface LogLines {
  readonly lines: readonly string[];
}

/** How things were. */
export interface Moment {
  readonly t: number;
  readonly agents: readonly Agent[];
}

/** Start an agent. */
export interface NewBody {
  readonly name: string;
  /** A line for the shell, or the name of a profile. */
  readonly command?: string | null;
  readonly profile?: string | null;
  readonly cwd?: string | null;
  /** The machine on which it runs, where agents of several are shown. */
  readonly host?: string | null;
}

/** A browser that takes notifications: its PushSubscription. */
export interface NewPush {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

/** Let somebody see one agent for a time. */
export interface NewShare {
  /** Its id or name. */
  readonly agent: string;
  readonly role?: "viewer" | "operator";
  readonly expires_s?: number;
}

/** Make a token. */
export interface NewToken {
  readonly name: string;
  readonly role?: Role;
  /** The whole name of the only agent it is about: one that a user gave, which stays. */
  readonly agent?: string | null;
  readonly expires_s?: number;
}

/** What an agent becomes when nothing happens. */
export interface Outlook {
  /** When, in seconds of the log. */
  readonly t: number;
  /** Its health then. */
  readonly health: Health;
  /** Why, as a code. */
  readonly reason: string;
  /** By which rule. */
  readonly rule: string;
}

/** A screen, as text for a fresh terminal of its size. */
export interface PastScreen {
  readonly columns: number;
  readonly rows: number;
  readonly ansi: string;
}

/** Why a request was not carried out. */
export interface Problem {
  readonly error: string;
  /** Of the body, where one is wrong. */
  readonly field?: string | null;
}

/** What a form for a new agent may offer. */
export interface Proposals {
  readonly command: string;
  readonly directory: string;
  readonly profiles: readonly string[];
  /** Machines; empty where it can only be the server's. */
  readonly hosts: readonly string[];
}

/** What told of which kind an agent is. */
export interface Recognised {
  /** `process`, `title`, `screen`, `report` or `option`. */
  readonly way: string;
  /** What was seen. */
  readonly evidence: string;
}

/** A recording that can be played. */
export interface RecordingFile {
  readonly name: string;
  readonly bytes: number;
  readonly started_at: string;
  readonly modified_at: string;
}

/** What somebody is trusted with; each includes the ones before it. */
export type Role = "viewer" | "operator" | "admin";

/** How it went, in words. */
export interface Said {
  readonly said: string;
}

/** What a pane keeps of what it printed. */
export interface Scrollback {
  /** The oldest first; those of the screen are the last. */
  readonly lines: readonly string[];
  /** Of the screen. */
  readonly rows: number;
}

/** The secret of a login, told once. */
export interface Secret {
  readonly secret: string;
  readonly role: Role;
  readonly name: string;
  readonly expires_at: string;
  readonly agent: string | null;
}

/** A text to type, with Enter after it. */
export interface SendBody {
  readonly text: string;
  /** Also where the agent waits for an answer, or holds a draft; else 409 says what it asks. */
  readonly anyway?: boolean;
}

/** `clock` of `/api/events`: first where a stream is resumed, and whenever there is nothing else to tell for a while. */
export interface ServerClock {
  /** What the server's clock shows. */
  readonly at: string;
}

/** Who this browser is to the server, and what they may do. */
export interface SessionState {
  readonly role: Role;
  readonly name: string;
  /** When the login ends, ISO 8601. */
  readonly expires_at: string;
  /** The one agent that may be seen, where it is for one. */
  readonly agent: string | null;
  readonly read_only: boolean;
  readonly version: string;
  /** Whether the server can show terminals. */
  readonly terminal: boolean;
  /** What users are to know of this server; empty for nothing. */
  readonly notice: string;
  /** Messages that the page sends by one press. */
  readonly quick_replies: readonly string[];
  /** Of a file that agents can be given; 0 where none is taken. */
  readonly upload_bytes: number;
  /** What a browser needs to subscribe to notifications; null where it cannot. */
  readonly push_key: string | null;
}

/** A file that was given to an agent. */
export interface StoredFile {
  /** Of the file, on the machine of the server. */
  readonly path: string;
}

/** What an agent would be if what decides were gone. */
export interface Successor {
  /** Its health then. */
  readonly health: Health;
  /** By which rule. */
  readonly rule: string;
}

/** A recording as a whole. */
export interface Summary {
  readonly started_at: string;
  readonly duration_s: number;
  readonly agents: readonly AgentTimeline[];
}

/** Who controls the terminal now. */
export interface TerminalControl {
  readonly type: "control";
  readonly by: string | null;
  /** It is the page that gets this message. */
  readonly mine: boolean;
}

/** There will be no more, or what was asked for is refused. */
export interface TerminalEnd {
  readonly type: "ended" | "refused";
  readonly words: string;
}

/** The first message of a terminal. */
export interface TerminalHello {
  readonly type: "hello";
  readonly columns: number;
  readonly rows: number;
  readonly controlled_by: string | null;
  readonly may_write: boolean;
}

/** A text message that a page gets of a terminal. */
export type TerminalMessage = TerminalHello | TerminalSize | TerminalSnapshot | TerminalControl | TerminalViewers | TerminalEnd;

/** The size is another now. */
export interface TerminalSize {
  readonly type: "size";
  readonly columns: number;
  readonly rows: number;
}

/** The next binary frame is a whole screen. */
export interface TerminalSnapshot {
  readonly type: "snapshot";
}

/** Who watches the terminal now. */
export interface TerminalViewers {
  readonly type: "viewers";
  readonly names: readonly string[];
}

/** A session of the tmux server. */
export interface TmuxSession {
  readonly id: string;
  readonly name: string;
  /** The session as a whole is an agent. */
  readonly agent: boolean;
}

/** A new token. */
export interface TokenSecret {
  readonly name: string;
  readonly secret: string;
}

/** A token or a shared link, without its secret. */
export interface TokenState {
  readonly name: string;
  readonly role: Role;
  readonly agent: string | null;
  readonly expires_at: string;
  readonly shared: boolean;
  /** A browser that takes notifications, and no way in. */
  readonly push: boolean;
}

/** A change of an agent's health. */
export interface Transition {
  /** Its health before; null for the first verdict on it. */
  readonly from: Health | null;
  /** Its health now. */
  readonly to: Health;
  /** When, in seconds of the log. */
  readonly t: number;
  /** The number of the record that caused it. */
  readonly seq: number;
  /** The agent's name. */
  readonly agent: string;
  /** The agent's id; null in what older versions recorded. */
  readonly id: string | null;
  /** `session:window.pane`; null where its session is its own. */
  readonly place: string | null;
  /** Why, as a code. */
  readonly reason: string;
  /** What decided. */
  readonly rule: string;
  /** The line or fact that the rule rests on. */
  readonly evidence: string;
  /** When it ends, where the screen says that. */
  readonly until: Ending | null;
}

/** `transition` of `/api/events`. */
export interface TransitionEvent {
  /** Its health before; null for the first verdict on it. */
  readonly from: Health | null;
  /** Its health now. */
  readonly to: Health;
  /** When, in seconds of the log. */
  readonly t: number;
  /** The number of the record that caused it. */
  readonly seq: number;
  /** The agent's name. */
  readonly agent: string;
  /** The agent's id; null in what older versions recorded. */
  readonly id: string | null;
  /** `session:window.pane`; null where its session is its own. */
  readonly place: string | null;
  /** Why, as a code. */
  readonly reason: string;
  /** What decided. */
  readonly rule: string;
  /** The line or fact that the rule rests on. */
  readonly evidence: string;
  /** When it ends, where the screen says that. */
  readonly until: Ending | null;
  /** Consecutive number. */
  readonly n: number;
  /** Of the agent from then on, in seconds of the log; before `t` if it had to stand for a while. */
  readonly since_s: number;
  /** The same by the calendar. */
  readonly since: string;
  /** What the agent asks, where it began to wait. */
  readonly dialog: Dialog | null;
}

/** When a failure, or a limit that is asked about, ends. */
export interface Until {
  /** As the agent wrote it. */
  readonly text: string;
  /** Date and time, where the text says that. */
  readonly at: string | null;
}

/** Somebody who is watching. */
export interface Watcher {
  readonly name: string;
  readonly role: Role;
  readonly agent: string | null;
  readonly since: string;
}
