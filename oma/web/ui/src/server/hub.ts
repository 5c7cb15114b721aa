/**
 * The streams of one browser, shared by its tabs: a browser has six connections to a server, and a
 * seventh request waits for ever.
 */

import { replayOf, type Replay } from "../model/replay";
import type { Connection, OpenStream, StreamListener } from "./stream";

/** So many streams are open at most; the rest of the six is for requests. */
export const MOST_STREAMS = 4;

export type FromTab =
  | {
      readonly type: "follow";
      readonly id: number;
      /** Tells logins apart: one is not told what another may see. */
      readonly login: string;
      readonly path: string;
      /** After which the tab goes on; empty for a snapshot first. */
      readonly place: string;
    }
  | { readonly type: "unfollow"; readonly id: number }
  | { readonly type: "wake"; readonly isCut: boolean };

export type ToTab =
  | { readonly type: "event"; readonly id: number; readonly name: string; readonly data: unknown; readonly place: string }
  | { readonly type: "state"; readonly id: number; readonly state: Connection };

type Open = (path: string, place: string, listener: StreamListener) => OpenStream;
type Post = (message: ToTab) => void;

interface Follower {
  readonly post: Post;
  readonly id: number;
}

interface SharedStream {
  readonly key: string;
  readonly path: string;
  readonly followers: Set<Follower>;
  replay: Replay;
  state: Connection;
  opened: OpenStream | null;
  /** It went on after a place, and cannot tell a newcomer what was before. */
  resumed: boolean;
}

export class Hub {
  /** By login and path; the one that was followed last stands last. */
  readonly #streams = new Map<string, SharedStream>();

  constructor(
    private readonly open: Open,
    private readonly now_s: () => number = () => Date.now() / 1000,
  ) {}

  /** Lets a tab in; what it sends is given to the returned object. */
  join(post: Post): HubClient {
    return new HubClient(this, post);
  }

  follow(follower: Follower, login: string, path: string, place: string): SharedStream {
    const key = `${login} ${path}`;
    const known = this.#streams.get(key);
    const stream: SharedStream = known ?? {
      key,
      path,
      followers: new Set(),
      replay: replayOf(path),
      state: "connecting",
      opened: null,
      resumed: false,
    };
    this.#streams.delete(key);
    this.#streams.set(key, stream);
    stream.followers.add(follower);
    if (known === undefined) {
      this.#makeRoom();
      this.#start(stream, place);
      return stream;
    }
    follower.post({ type: "state", id: follower.id, state: stream.state });
    const snapshot = stream.replay.snapshot(this.now_s());
    if (snapshot !== null) follower.post({ type: "event", id: follower.id, ...snapshot, place: "" });
    else if (stream.resumed) this.#start(stream, "");
    return stream;
  }

  unfollow(follower: Follower, stream: SharedStream): void {
    stream.followers.delete(follower);
    if (stream.followers.size === 0) this.#end(stream);
  }

  wake(isCut: boolean): void {
    for (const stream of this.#streams.values()) stream.opened?.wake(isCut);
  }

  #start(stream: SharedStream, place: string): void {
    stream.opened?.close();
    stream.replay = replayOf(stream.path);
    stream.resumed = place !== "";
    stream.opened = this.open(stream.path, place, {
      heard: ({ name, data, place: after }) => {
        const message = { name, data: JSON.parse(data) as unknown };
        stream.replay.take(message, this.now_s());
        for (const each of stream.followers) each.post({ type: "event", id: each.id, ...message, place: after });
      },
      became: (state) => this.#become(stream, state),
    });
  }

  #become(stream: SharedStream, state: Connection): void {
    stream.state = state;
    if (state === "refused") this.#end(stream);
    for (const each of stream.followers) each.post({ type: "state", id: each.id, state });
  }

  #makeRoom(): void {
    const logs = [...this.#streams.values()].filter((stream) => stream.path !== "/api/events");
    for (const stream of logs.slice(0, Math.max(0, this.#streams.size - MOST_STREAMS))) {
      this.#end(stream);
      this.#become(stream, "paused");
    }
  }

  #end(stream: SharedStream): void {
    if (this.#streams.get(stream.key) === stream) this.#streams.delete(stream.key);
    stream.opened?.close();
    stream.opened = null;
  }
}

/** One tab, as the hub knows it. */
export class HubClient {
  readonly #followed = new Map<number, [Follower, SharedStream]>();

  constructor(
    private readonly hub: Hub,
    private readonly post: Post,
  ) {}

  take(message: FromTab): void {
    switch (message.type) {
      case "follow": {
        this.#leave(message.id);
        const follower = { post: this.post, id: message.id };
        const stream = this.hub.follow(follower, message.login, message.path, message.place);
        this.#followed.set(message.id, [follower, stream]);
        return;
      }
      case "unfollow":
        this.#leave(message.id);
        return;
      case "wake":
        this.hub.wake(message.isCut);
    }
  }

  /** The tab is closed. */
  leave(): void {
    for (const id of [...this.#followed.keys()]) this.#leave(id);
  }

  #leave(id: number): void {
    const found = this.#followed.get(id);
    this.#followed.delete(id);
    if (found !== undefined) this.hub.unfollow(...found);
  }
}
