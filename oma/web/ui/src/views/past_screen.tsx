/** An agent's screen at a moment of a recording. */

import { useEffect, useRef, useState } from "preact/hooks";

import { shownName } from "../actions";
import { moment } from "../model/route";
import type { PastScreen } from "../model/types";
import { get, Refusal } from "../server/http";
import { TerminalCanvas } from "../terminal/canvas";

/** Between two screens: while a recording plays, more would only load the server. */
const PAUSE_MS = 120;

/** Fetches the screen of the latest moment asked for, one at a time. */
class Fetcher {
  #wanted: number | null = null;
  #busy = false;
  readonly #abort = new AbortController();

  constructor(
    private readonly path: string,
    private readonly got: (screen: PastScreen | null) => void,
  ) {}

  want(t: number): void {
    this.#wanted = t;
    if (!this.#busy) void this.#fetch();
  }

  close(): void {
    this.#abort.abort();
  }

  async #fetch(): Promise<void> {
    this.#busy = true;
    while (this.#wanted !== null && !this.#abort.signal.aborted) {
      const t = this.#wanted;
      this.#wanted = null;
      try {
        this.got(await get<PastScreen>(`${this.path}&t=${moment(t)}`, this.#abort.signal));
      } catch (error) {
        if (this.#abort.signal.aborted) return;
        if (!(error instanceof Refusal)) throw error;
        this.got(null); // the agent was not there yet, or no more
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    this.#busy = false;
  }
}

export function PastScreenView(props: { recording: string; agent: string; name: string; t: number }) {
  const { recording, agent, name, t } = props;
  const place = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const fetcher = useRef<Fetcher | null>(null);
  const [known, setKnown] = useState(true);

  useEffect(() => {
    if (place.current === null || box.current === null) return undefined;
    const canvas = new TerminalCanvas(80, 24, 0);
    canvas.open(place.current, box.current);
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) {
        canvas.fit({ width_px: entry.contentRect.width, height_px: entry.contentRect.height });
      }
    });
    observer.observe(box.current);
    const path = `/api/recordings/${encodeURIComponent(recording)}/screen?agent=${encodeURIComponent(agent)}`;
    fetcher.current = new Fetcher(path, (screen) => {
      setKnown(screen !== null);
      canvas.reset();
      if (screen === null) return;
      canvas.resize(screen.columns, screen.rows);
      canvas.terminal.write(screen.ansi);
    });
    return () => {
      fetcher.current?.close();
      observer.disconnect();
      canvas.dispose();
    };
  }, [recording, agent]);
  useEffect(() => fetcher.current?.want(t), [recording, agent, t]);

  return (
    <div class="pane terminal past" data-known={known}>
      <div class="glass" ref={box} role="group" aria-label={`Screen of ${shownName(name)}`}>
        <div ref={place} />
      </div>
      {!known && <p class="faint">It has no screen at this moment.</p>}
    </div>
  );
}
