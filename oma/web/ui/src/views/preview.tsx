/** The end of an agent's screen on its card, read again while that is on the page. */

import { useEffect, useState } from "preact/hooks";

import { lastLines } from "../model/lines";
import type { Agent, AgentWithScreen } from "../model/types";
import { printable } from "../model/words";
import { agentPath, get, Refusal } from "../server/http";

const EVERY_MS = 2000;
/** What is scrolled past is not read. */
const FIRST_MS = 100;
const LINES = 12;

/** What was read last, by id: a card that comes back shows it at once. */
const known = new Map<string, string>();
const MOST_KNOWN = 500;

export function Preview({ agent }: { agent: Agent }) {
  const [text, setText] = useState(known.get(agent.id) ?? "");

  useEffect(() => {
    const abort = new AbortController();
    let reading = false;
    const read = async () => {
      if (reading || document.hidden) return;
      reading = true;
      try {
        const { screen } = await get<AgentWithScreen>(agentPath(agent.id), abort.signal);
        const lines = lastLines(screen, LINES).map(printable).join("\n");
        if (known.size >= MOST_KNOWN) known.clear();
        known.set(agent.id, lines);
        setText(lines);
      } catch (error) {
        if (!(error instanceof Refusal || abort.signal.aborted)) throw error;
      } finally {
        reading = false;
      }
    };
    const first = setTimeout(() => void read(), FIRST_MS);
    const timer = setInterval(() => void read(), EVERY_MS);
    return () => {
      abort.abort();
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [agent.id]);

  return (
    <pre class="preview" aria-hidden="true">
      {text}
    </pre>
  );
}
