/** The keys of the page as data: what is pressed, what it does, and where. */

export type Mode = "agents" | "inbox" | "playback" | "stats";

interface Binding<Name extends string> {
  readonly keys: readonly string[];
  readonly command: Name;
  readonly does: string;
  /** Everywhere, where it is left out. */
  readonly mode?: Mode;
}

const bind = <Name extends string>(
  command: Name,
  keys: readonly string[],
  does: string,
  mode?: Mode,
): Binding<Name> => ({ command, keys, does, ...(mode === undefined ? {} : { mode }) });

export const BINDINGS = [
  bind("next", ["j", "ArrowDown", "ArrowRight"], "the next agent", "agents"),
  bind("previous", ["k", "ArrowUp", "ArrowLeft"], "the agent before", "agents"),
  bind("urgent", ["u"], "the next agent that needs you", "agents"),
  bind("open", ["Enter"], "open it", "agents"),
  bind("page-up", ["PageUp"], "what has scrolled away in its terminal", "agents"),
  bind("page-down", ["PageDown"], "back to what is printed now", "agents"),
  bind("control", ["c"], "take control of its terminal, or release it", "agents"),
  bind("terminal", ["t"], "terminal", "agents"),
  bind("why", ["w"], "why it is as it is", "agents"),
  bind("logs", ["l"], "logs", "agents"),
  bind("group", ["b"], "group by need, group, project, session or host", "agents"),
  bind("sort", ["o"], "sort by need, name, processor or memory", "agents"),
  bind("density", ["v"], "cards, rows, or cards with the end of the screen", "agents"),
  bind("pin", ["s"], "pin it to the top, or no more", "agents"),
  bind("later", ["z"], "to the end of the list, until it changes", "agents"),
  bind("mark", [" "], "mark it, to send to several or stop them", "agents"),
  bind("mark-all", ["A"], "mark all that are listed, or none", "agents"),
  bind("wide", ["f"], "full width, and back", "agents"),
  bind("message", ["m"], "write a message", "agents"),
  bind("answer", ["1", "2", "3", "4", "5", "6", "7", "8", "9"], "answer its dialog", "agents"),
  bind("spawn", ["n"], "start an agent", "agents"),
  bind("stop", ["x"], "stop it", "agents"),
  bind("kill", ["K"], "kill it", "agents"),
  bind("restart", ["R"], "start its program again", "agents"),
  bind("next-card", ["j", "ArrowDown"], "the next card", "inbox"),
  bind("previous-card", ["k", "ArrowUp"], "the card before", "inbox"),
  bind("answer-card", ["1", "2", "3", "4", "5", "6", "7", "8", "9"], "answer it, at once", "inbox"),
  bind("pick", [" "], "pick it, to answer several alike", "inbox"),
  bind("put-off", ["s"], "not now: until it asks something else", "inbox"),
  bind("open-card", ["Enter"], "open the agent", "inbox"),
  bind("play", [" "], "play, pause", "playback"),
  bind("back", ["ArrowLeft"], "10 s back", "playback"),
  bind("forward", ["ArrowRight"], "10 s on", "playback"),
  bind("transition-before", ["["], "the transition before", "playback"),
  bind("transition-after", ["]"], "the transition after", "playback"),
  bind("faster", ["+", "="], "twice as fast", "playback"),
  bind("slower", ["-"], "half as fast", "playback"),
  bind("next-row", ["j", "ArrowDown"], "the next agent", "playback"),
  bind("previous-row", ["k", "ArrowUp"], "the agent before", "playback"),
  bind("filter", ["/"], "filter: words, health:stuck, profile:claude"),
  bind("palette", [], "Ctrl-K: any agent, any command"),
  bind("inbox", ["i"], "the inbox, or the agents again"),
  bind("recordings", ["p"], "recordings, or the agents again"),
  bind("stats", ["g"], "statistics of the last days, or the agents again"),
  bind("sound", ["S"], "a sound when an agent needs you, or none"),
  bind("theme", ["d"], "dark, light, or as the system is"),
  bind("help", ["?"], "this help"),
  bind("leave", ["Escape"], "back"),
] as const;

export type Command = (typeof BINDINGS)[number]["command"];

/** What a key press means in a mode; null for a key that is the browser's own. */
export function commandOf(
  press: { readonly key: string; readonly ctrlKey: boolean; readonly altKey: boolean; readonly metaKey: boolean },
  mode: Mode,
): Command | null {
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  const bindings: readonly Binding<Command>[] = BINDINGS;
  const fit = bindings.find(
    (each) => (each.mode === undefined || each.mode === mode) && each.keys.includes(press.key),
  );
  return fit?.command ?? null;
}

/** A key as the user reads it on the keyboard. */
export function keyName(key: string): string {
  const names: Readonly<Record<string, string>> = {
    " ": "Space",
    ArrowDown: "↓",
    ArrowLeft: "←",
    ArrowRight: "→",
    ArrowUp: "↑",
    Escape: "Esc",
  };
  return names[key] ?? key;
}
