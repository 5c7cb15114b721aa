/** The end of an agent's screen on its card, read again while the card can be seen. */

import { useEffect, useRef, useState } from "preact/hooks";

import { lastLines } from "../model/lines";
import type { Agent, AgentWithScreen } from "../model/types";
import { printable } from "../model/words";
import { agentPath, get, Refusal } from "../server/http";

const EVERY_MS = 2000;
const LINES = 12;

export function Preview({ agent }: { agent: Agent }) {
  const [lines, setLines] = useState<readonly string[]>([]);
  const place = useRef<HTMLPreElement>(null);

  useEffect(() => {
    const abort = new AbortController();
    let inSight = false;
    let reading = false;
    const read = async () => {
      if (!inSight || reading || document.hidden) return;
      reading = true;
      try {
        setLines(lastLines((await get<AgentWithScreen>(agentPath(agent.id), abort.signal)).screen, LINES));
      } catch (error) {
        if (!(error instanceof Refusal || abort.signal.aborted)) throw error;
      } finally {
        reading = false;
      }
    };
    const observer = new IntersectionObserver(([entry]) => {
      inSight = entry?.isIntersecting ?? false;
      void read();
    });
    if (place.current !== null) observer.observe(place.current);
    const timer = setInterval(() => void read(), EVERY_MS);
    return () => {
      abort.abort();
      observer.disconnect();
      clearInterval(timer);
    };
  }, [agent.id]);

  return (
    <pre class="preview" ref={place} aria-hidden="true">
      {lines.map(printable).join("\n")}
    </pre>
  );
}
