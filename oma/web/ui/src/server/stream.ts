/** A stream of server-sent events that comes back by itself, at the place where it broke. */

import { addressOf } from "./base";
import { EventParser, type ServerEvent } from "./sse";

/** `refused`: no login holds. `paused`: closed, as more streams are wanted than a browser has room for. */
export type Connection = "connecting" | "open" | "lost" | "refused" | "paused";

const RETRY_MS = [500, 1000, 2000, 5000, 10000] as const;
/** The server says something every 15 s. */
const PULSE_MS = 16_000;
/** Who hears nothing for so long has lost it. */
const SILENCE_MS = 40_000;
const LOOK_EVERY_MS = 5_000;
/** An attempt that began so lately is not given up for another. */
const ATTEMPT_MS = 2_000;

export interface StreamListener {
  heard(event: ServerEvent): void;
  became(state: Connection): void;
}

export interface OpenStream {
  close(): void;
  /**
   * The network, the machine or the user is back: connects at once where it would have waited.
   * @param isCut What was connected is dead, though nobody said so.
   */
  wake(isCut: boolean): void;
}

/** How long to wait before another attempt, spread so that many browsers do not come at once. */
export function retry_ms(failures: number, random: number): number {
  return (RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 10000) * (0.75 + random / 2);
}

/** @param place After which the stream goes on; empty for a snapshot first. */
export function openStream(path: string, place: string, listener: StreamListener): OpenStream {
  let last = place;
  let failures = 0;
  let ended = false;
  let attempt = new AbortController();
  let heard_ms = 0;
  let began_ms = 0;
  let goOn: (() => void) | null = null;
  let isHurried = false;

  const connect = async (): Promise<boolean> => {
    const response = await fetch(addressOf(path), {
      headers: last === "" ? {} : { "Last-Event-ID": last },
      credentials: "same-origin",
      cache: "no-store",
      signal: attempt.signal,
    });
    if (response.status === 401) return false;
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      return true;
    }
    listener.became("open");
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const parser = new EventParser();
    heard_ms = Date.now();
    // Also soon after the machine slept, when the connection is dead and nobody was told.
    const watch = setInterval(() => {
      if (Date.now() - heard_ms > SILENCE_MS) attempt.abort();
    }, LOOK_EVERY_MS);
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done || ended) return true;
        heard_ms = Date.now();
        for (const event of parser.feed(value)) {
          failures = 0;
          last = event.place || last;
          listener.heard(event);
        }
      }
    } finally {
      clearInterval(watch);
    }
  };

  const run = async () => {
    listener.became("connecting");
    while (!ended) {
      attempt = new AbortController();
      began_ms = Date.now();
      const admitted = await connect().catch(() => true); // the way to the server is broken
      if (ended) return;
      if (!admitted) {
        listener.became("refused");
        return;
      }
      listener.became("lost");
      await new Promise<void>((resolve) => {
        goOn = resolve;
        setTimeout(resolve, isHurried ? 0 : retry_ms(failures, Math.random()));
      });
      goOn = null;
      isHurried = false;
      failures += 1;
    }
  };
  void run();
  return {
    close: () => {
      ended = true;
      attempt.abort();
    },
    wake: (isCut) => {
      if (goOn !== null) {
        goOn();
        return;
      }
      // Each tab says so: one attempt is for all of them.
      const isOld = Date.now() - began_ms > ATTEMPT_MS;
      isHurried = isOld && (isCut || Date.now() - heard_ms > PULSE_MS);
      if (isHurried) attempt.abort();
    },
  };
}
