/** The end of an agent's screen on its card, read again while that is in sight. */

import { useEffect, useState } from "preact/hooks";

import { lastLines } from "../model/lines";
import type { Agent, AgentWithScreen } from "../model/types";
import { printable } from "../model/words";
import { agentPath, get, Refusal } from "../server/http";

const EVERY_MS = 2000;
const LINES = 12;

export function Preview({ agent, isRead }: { agent: Agent; isRead: boolean }) {
  const [lines, setLines] = useState<readonly string[]>([]);

  useEffect(() => {
    if (!isRead) return undefined;
    const abort = new AbortController();
    let reading = false;
    const read = async () => {
      if (reading || document.hidden) return;
      reading = true;
      try {
        setLines(lastLines((await get<AgentWithScreen>(agentPath(agent.id), abort.signal)).screen, LINES));
      } catch (error) {
        if (!(error instanceof Refusal || abort.signal.aborted)) throw error;
      } finally {
        reading = false;
      }
    };
    void read();
    const timer = setInterval(() => void read(), EVERY_MS);
    return () => {
      abort.abort();
      clearInterval(timer);
    };
  }, [agent.id, isRead]);

  return (
    <pre class="preview" aria-hidden="true">
      {lines.map(printable).join("\n")}
    </pre>
  );
}
