/** An agent's screen as plain text, for a browser that may only look. */

import { useEffect, useState } from "preact/hooks";

import type { Agent, AgentWithScreen } from "../model/types";
import { printable } from "../model/words";
import { agentPath, get, Refusal } from "../server/http";

const EVERY_MS = 1000;

export function TextScreen({ agent }: { agent: Agent }) {
  const [lines, setLines] = useState<readonly string[]>([]);

  useEffect(() => {
    const abort = new AbortController();
    const read = () =>
      get<AgentWithScreen>(agentPath(agent.id), abort.signal).then(
        (found) => setLines(found.screen),
        (error: unknown) => {
          if (!(error instanceof Refusal || abort.signal.aborted)) throw error;
        },
      );
    void read();
    const timer = setInterval(() => void read(), EVERY_MS);
    return () => {
      abort.abort();
      clearInterval(timer);
    };
  }, [agent.id]);

  return (
    <div class="pane">
      <p class="faint">This browser may only look, and shows the screen as text. For the terminal, log in with a token.</p>
      <pre class="screen">{lines.map(printable).join("\n")}</pre>
    </div>
  );
}
