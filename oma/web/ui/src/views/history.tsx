/** What happened to an agent lately: how it was over the last hour, and what users did to it. */

import { useEffect, useState } from "preact/hooks";

import { useCell } from "../cell";
import { lastHour } from "../model/timeline";
import type { Agent, History } from "../model/types";
import { printable, short } from "../model/words";
import { serverNow } from "../page";
import { agentPath, get, Refusal } from "../server/http";

const HOUR_S = 3600;
const SHOWN = 12;

/** Read anew whenever the agent is another than before. */
export function AgentHistory({ agent }: { agent: Agent }) {
  const [told, setTold] = useState<History | null>(null);
  const now_s = useCell(serverNow);
  const asked = agent.dialog?.fingerprint;

  useEffect(() => {
    const abort = new AbortController();
    get<History>(agentPath(agent.id, "history"), abort.signal).then(setTold, (error: unknown) => {
      if (!(error instanceof Refusal || abort.signal.aborted)) throw error;
    });
    return () => abort.abort();
  }, [agent.id, agent.health, agent.since_s, asked]);

  if (told === null || told.entries.length === 0) return null;
  const entries = told.entries.map((each) => ({ ...each, t: Date.parse(each.at) / 1000 }));
  const end_s = Math.max(now_s, entries.at(-1)?.t ?? 0);
  return (
    <section class="history" aria-label="Lately">
      <h2>Lately</h2>
      <svg viewBox={`0 0 ${HOUR_S} 1`} preserveAspectRatio="none" role="img" aria-label="How it was over the last hour">
        {lastHour(entries, end_s, HOUR_S).map((each) => (
          <rect key={each.from_s} class={each.health} x={each.from_s} width={each.to_s - each.from_s} y={0} height={1} />
        ))}
      </svg>
      <p class="line faint">
        an hour ago <span class="grow" /> now
      </p>
      <ol>
        {entries
          .slice(-SHOWN)
          .reverse()
          .map((each, index) => (
            <li key={index}>
              <time>{short(Math.max(0, end_s - each.t))}</time>
              {each.health === null ? (
                <span>
                  <b>{each.command}</b> {printable(each.text)} <span class="faint">by {printable(each.by) || "the machine's user"}</span>
                </span>
              ) : (
                <span>
                  <span class={`word ${each.health}`}>{each.health}</span> {each.reason}
                </span>
              )}
            </li>
          ))}
      </ol>
    </section>
  );
}
