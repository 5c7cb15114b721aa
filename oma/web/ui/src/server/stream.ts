/** A stream of server-sent events that comes back by itself. */

export type Connection = "connecting" | "open" | "lost" | "refused";

const RETRY_MS = [500, 1000, 2000, 5000, 10000];

/**
 * Follows a stream until the returned function is called.
 *
 * The browser reconnects where the connection breaks, and names the last event it had; where the
 * server answers with an error it gives up, and this goes on at growing intervals.
 *
 * @param heard One function for each name of an event, called with its parsed data.
 * @param told The state of the connection, whenever it changes; `refused` when no session holds.
 */
export function follow(
  path: string,
  heard: Readonly<Record<string, (data: never) => void>>,
  told: (connection: Connection) => void,
): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let ended = false;

  const open = () => {
    source = new EventSource(path);
    source.onopen = () => {
      failures = 0;
      told("open");
    };
    source.onerror = () => {
      if (ended) return;
      told("lost");
      if (source?.readyState === EventSource.CLOSED) void again();
    };
    for (const [name, hear] of Object.entries(heard)) {
      source.addEventListener(name, (event: MessageEvent<string>) => {
        if (!ended) hear(JSON.parse(event.data) as never);
      });
    }
  };

  const again = async () => {
    const status = await fetch("/api/session", { cache: "no-store" }).then(
      (response) => response.status,
      () => 0,
    );
    if (ended) return;
    if (status === 401) {
      told("refused");
      return;
    }
    timer = setTimeout(open, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
    failures += 1;
  };

  told("connecting");
  open();
  return () => {
    ended = true;
    clearTimeout(timer);
    source?.close();
  };
}
