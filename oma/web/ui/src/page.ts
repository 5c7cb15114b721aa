/** What the page knows and where one is in it: the one place of its state. */

import { Cell } from "./cell";
import { NO_FLEET, folded, news, type Fleet, type FleetEvent } from "./model/fleet";
import { address, parsed, type Pane, type Route } from "./model/route";
import { fleetEvent } from "./model/replay";
import type { SessionState } from "./model/types";
import { keepPush, notify } from "./notices";
import { BASE } from "./server/base";
import { follow } from "./server/follow";
import { onOtherLogin, Refusal, secret } from "./server/http";
import { loginOf, readSession } from "./server/session";
import type { Connection } from "./server/stream";
import { keepShell } from "./shell";
import { ring } from "./sounds";

/** Of the address that the page was opened by, if that logs in. */
export const loginCode = new Cell(codeOf(location.href));

function codeOf(address: string): string | null {
  const { pathname, searchParams } = new URL(address);
  return pathname.endsWith("/login") ? searchParams.get("code") : null;
}

/** `null`: the user has to log in. `undefined`: not known yet. */
export const session = new Cell<SessionState | null | undefined>(undefined);
export const fleet = new Cell<Fleet>(NO_FLEET);
export const connection = new Cell<Connection>("connecting");
export const filter = new Cell("");
export const route = new Cell<Route>(parsed(location.hash));
/** Whether the agent that is looked at has the whole width. */
export const wide = new Cell(false);
/** The page's clock, in seconds. */
export const now = new Cell(Date.now() / 1000);
/** The server's clock, in seconds. */
export const serverNow = new Cell(now.value);

setInterval(tick, 1000);
fleet.follow(() => serverNow.set(now.value + fleet.value.offset_s));

function tick(): void {
  now.set(Date.now() / 1000);
  serverNow.set(now.value + fleet.value.offset_s);
}

window.addEventListener("hashchange", () => route.set(parsed(location.hash)));

onOtherLogin(() => void begin());

/** Goes on from a login; its address, and the code in it, is in no history afterwards. */
export async function leaveLogin(): Promise<void> {
  history.replaceState(null, "", BASE + location.hash);
  loginCode.set(null);
  await begin();
}

let following: { end(): string } | null = null;
let beginnings = 0;

/** Asks who we are and follows the agents; called again after each login, in whichever tab. */
export async function begin(): Promise<void> {
  const beginning = (beginnings += 1);
  let found: SessionState | null;
  try {
    found = await readSession();
  } catch {
    connection.set("lost");
    setTimeout(() => beginning === beginnings && void begin(), 2000);
    return;
  }
  if (beginning !== beginnings) return; // another tab has logged in meanwhile
  following?.end();
  following = null;
  session.set(found);
  if (found === null) return;
  keepShell();
  void keepPush(found.push_key);
  const hear = (name: string) => (data: unknown) => fold(fleetEvent(name, data));
  following = follow(
    loginOf(found),
    "/api/events",
    { snapshot: hear("snapshot"), agents: hear("agents"), transition: hear("transition"), gone: hear("gone"), hosts: hear("hosts"), clock: hear("clock") },
    (state) => {
      connection.set(state);
      if (state === "refused") session.set(null);
    },
  );
}

/** Asks again who we are: the login may have ended, or another tab may have replaced it. */
export async function checkSession(): Promise<void> {
  try {
    session.set(await readSession());
  } catch (error) {
    if (!(error instanceof Refusal)) throw error; // the server is away, which is said already
  }
}

function fold(event: FleetEvent): void {
  const before = fleet.value;
  fleet.set(folded(before, event, Date.now() / 1000)); // first: telling of it may fail
  for (const item of news(before, event)) {
    notify(item);
    ring(item.health, item.key);
  }
}

/** Whether this browser may change anything. */
export function mayAct(): boolean {
  const known = session.value;
  return known != null && known.role !== "viewer" && !known.read_only && secret() !== null;
}

/** Whether this tab may start agents: whose login is for one agent may not. */
export function mayStart(): boolean {
  return mayAct() && session.value?.agent === null;
}

export function isAdmin(): boolean {
  return mayAct() && session.value?.role === "admin";
}

export function go(to: Route): void {
  if (address(to) !== location.hash) location.hash = address(to);
}

/** Goes somewhere without a step in the history of the browser. */
export function goQuietly(to: Route): void {
  history.replaceState(null, "", address(to));
  route.set(to);
}

export function openAgent(agent: string | null, pane: Pane = "terminal"): void {
  go({ at: "agents", agent, pane });
}
