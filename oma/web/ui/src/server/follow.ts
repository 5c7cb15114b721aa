/** What this tab follows of the streams that its browser shares. */

import type { ToTab } from "./hub";
import type { Connection } from "./stream";
import { onReturn } from "./returning";
import { connect, type Send } from "./transport";

type Heard = Readonly<Record<string, (data: never) => void>>;

interface Followed {
  readonly login: string;
  readonly path: string;
  readonly heard: Heard;
  readonly told: (state: Connection) => void;
  /** Of the last event; the stream goes on after it. */
  place: string;
}

const followed = new Map<number, Followed>();
let next = 0;
let send: Send | null = null;

function receive(message: ToTab): void {
  const known = followed.get(message.id);
  if (known === undefined) return;
  if (message.type === "state") known.told(message.state);
  else {
    known.place = message.place || known.place;
    known.heard[message.name]?.(message.data as never);
  }
}

function ask(id: number, { login, path, place }: Followed): void {
  send?.({ type: "follow", id, login, path, place });
}

function renew(): void {
  for (const [id, each] of followed) ask(id, each);
}

/**
 * Follows a stream until `end` is called; its `place` is then where another may go on.
 *
 * @param login What tells this login from others.
 * @param heard One function for each name of an event, called with its data.
 * @param told The state of the connection, whenever it changes.
 */
export function follow(
  login: string,
  path: string,
  heard: Heard,
  told: (state: Connection) => void,
  place = "",
): { end(): string } {
  send ??= connectOnce();
  const id = (next += 1);
  const each = { login, path, heard, told, place };
  followed.set(id, each);
  ask(id, each);
  return {
    end: () => {
      followed.delete(id);
      send?.({ type: "unfollow", id });
      return each.place;
    },
  };
}

function connectOnce(): Send {
  const made = connect(receive, renew);
  onReturn((isCut) => made({ type: "wake", isCut }));
  // A page that is left may be kept and come back; until then it follows nothing.
  window.addEventListener("pagehide", () => {
    for (const id of followed.keys()) made({ type: "unfollow", id });
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) renew();
  });
  return made;
}
