/** The keyboard: presses become what the place one is at makes of them. */

import { askAnswer, askFirst } from "./actions";
import { dialog, say } from "./asking";
import { Cell } from "./cell";
import { togglePutOff } from "./inbox_state";
import { agentAt } from "./model/fleet";
import { commandOf, type Command, type Mode } from "./model/keymap";
import { acrossRows, neighbour, nextUrgent } from "./model/selecting";
import { isCollapsed, nextGrouping, nextDensity, nextSorting, shownGroups, togglePinned } from "./listing";
import { askAboutMarked, marked, toggleAllMarked, toggleMarked } from "./marks";
import { address, type Pane } from "./model/route";
import type { Agent } from "./model/types";
import { filter, fleet, go, mayAct, mayStart, openAgent, route, wide } from "./page";
import { sound, toggleSound } from "./sounds";
import { nextTheme } from "./theme";

/** The agent that the arrow keys are at, in the list. */
export const cursor = new Cell<string | null>(null);

/** What a part of the page does itself while it is shown. */
export const handlers = new Map<Command, (key: string) => void>();

export function listen(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || dialog.value !== null || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : null;
    if (isPalette(event) && target?.closest("[data-has-keys]") == null) {
      event.preventDefault();
      obey("palette");
      return;
    }
    if (target !== null && takesKeys(target, event.key)) return;
    const command = commandOf(event, mode());
    if (command === null) return;
    if (obey(command, event.key)) event.preventDefault();
  });
}

/** Ctrl-K, or Cmd-K, from whatever one is typing in. */
function isPalette(event: KeyboardEvent): boolean {
  return event.key === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
}

/** Whether the element does something with the key itself. */
function takesKeys(target: Element, key: string): boolean {
  if (target.closest("[data-has-keys]") !== null) return true;
  // Behind xterm's own textarea, which has keys only while the pane is controlled.
  if (target.closest(".xterm") !== null) return false;
  if (target.matches("input[type=checkbox]")) return key === " ";
  if (target.matches("input, textarea, select")) return true;
  if (target.matches("a")) return key === "Enter";
  return (key === "Enter" || key === " ") && target.matches("button, summary");
}

function mode(): Mode {
  return route.value.at === "recordings" ? "playback" : route.value.at;
}

/** Does what a key says; false if there is nothing that it could be done to. */
export function obey(command: Command, key = ""): boolean {
  const own = handlers.get(command);
  if (own !== undefined) {
    own(key);
    return true;
  }
  switch (command) {
    case "help":
      dialog.set({ kind: "help" });
      return true;
    case "theme":
      nextTheme();
      return true;
    case "sound":
      toggleSound();
      say(`Sound: ${sound.value}`);
      return true;
    case "palette":
      dialog.set({ kind: "palette" });
      return true;
    case "filter":
      return focus("#filter");
    case "message":
      if (marked.value.size === 0 || route.value.at !== "agents") return focus("#message");
      askAboutMarked("send");
      return true;
    case "inbox":
      go(route.value.at === "inbox" ? { at: "agents", agent: null, pane: "terminal" } : { at: "inbox" });
      return true;
    case "stats":
      go(route.value.at === "stats" ? { at: "agents", agent: null, pane: "terminal" } : { at: "stats" });
      return true;
    case "recordings":
      go(
        route.value.at === "recordings"
          ? { at: "agents", agent: null, pane: "terminal" }
          : { at: "recordings", name: null, agent: null, t: 0 },
      );
      return true;
    case "leave":
      return leave();
    case "spawn":
      if (mayStart()) dialog.set({ kind: "spawn" });
      return mayStart();
    default:
      return route.value.at === "agents" && atAgent(command, key);
  }
}

function leave(): boolean {
  const at = route.value;
  if (at.at === "recordings") {
    go(
      at.name === null
        ? { at: "agents", agent: null, pane: "terminal" }
        : { at: "recordings", name: null, agent: null, t: 0 },
    );
  } else if (at.at === "inbox" || at.at === "stats") openAgent(null);
  else if (wide.value && at.agent !== null) wide.set(false);
  else if (at.agent !== null) openAgent(null);
  else if (marked.value.size > 0) marked.set(new Set());
  else filter.set("");
  return true;
}

function atAgent(command: Command, key: string): boolean {
  const groups = shownGroups(fleet.value.agents.values(), filter.value);
  const shown = groups.filter((group) => !isCollapsed(group)).flatMap((group) => group.agents);
  const ids = shown.map((agent) => agent.id);
  switch (command) {
    case "next":
      return select((key === "ArrowDown" ? across(1) : null) ?? neighbour(ids, selected(), 1));
    case "previous":
      return select((key === "ArrowUp" ? across(-1) : null) ?? neighbour(ids, selected(), -1));
    case "urgent":
      return select(nextUrgent(groups.flatMap((group) => group.agents), selected()));
    case "open":
      if (cursor.value !== null) openAgent(cursor.value);
      return cursor.value !== null;
    case "group":
      nextGrouping();
      return true;
    case "sort":
      nextSorting();
      return true;
    case "density":
      nextDensity();
      return true;
    case "pin": {
      const id = selected();
      if (id !== null) togglePinned(id);
      return id !== null;
    }
    case "later": {
      const agent = agentAt(fleet.value, selected());
      if (agent !== undefined) togglePutOff(agent);
      return agent !== undefined;
    }
    case "mark": {
      const id = selected();
      if (id !== null && mayAct()) toggleMarked(id);
      return id !== null && mayAct();
    }
    case "mark-all":
      if (mayAct()) toggleAllMarked(shown);
      return mayAct();
    case "wide":
      wide.set(!wide.value);
      return true;
    case "terminal":
    case "why":
    case "logs":
      return show(command);
    default: {
      if (command === "stop" && marked.value.size > 0) {
        askAboutMarked("stop");
        return true;
      }
      const agent = agentAt(fleet.value, selected());
      return agent !== undefined && mayAct() && act(agent, command, key);
    }
  }
}

/** The card below or above in the grid. */
function across(step: 1 | -1): string | null {
  const cards = Array.from(document.querySelectorAll<HTMLElement>(".card[data-id]"), (card) => {
    const { left, top } = card.getBoundingClientRect();
    return { id: card.dataset["id"] ?? "", left: Math.round(left), top: Math.round(top) };
  });
  return acrossRows(cards, selected(), step);
}

function act(agent: Agent, command: Command, key: string): boolean {
  switch (command) {
    case "answer":
      askAnswer(agent, key);
      return true;
    case "stop":
      if (agent.health !== "exited") askFirst(agent, "stop");
      return agent.health !== "exited";
    case "kill":
    case "restart":
      askFirst(agent, command);
      return true;
    default:
      return false;
  }
}

function selected(): string | null {
  const at = route.value;
  const opened = at.at === "agents" ? at.agent : null;
  return agentAt(fleet.value, opened)?.id ?? opened ?? cursor.value;
}

function select(agent: string | null): boolean {
  if (agent === null) return false;
  cursor.set(agent);
  const at = route.value;
  if (at.at === "agents" && at.agent !== null) {
    history.replaceState(null, "", address({ ...at, agent }));
    route.set({ ...at, agent });
  }
  return true;
}

function show(pane: Pane): boolean {
  const agent = selected();
  if (agent !== null) openAgent(agent, pane);
  return agent !== null;
}

function focus(selector: string): boolean {
  const element = document.querySelector<HTMLElement>(selector);
  element?.focus();
  return element !== null;
}
