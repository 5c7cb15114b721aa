/** The agents: a list, and beside it the one that is looked at. */

import { useEffect } from "preact/hooks";

import { shownName } from "../actions";
import { dialog } from "../asking";
import { useCell, usePart } from "../cell";
import { cursor } from "../keys";
import { agentAt, happened_s } from "../model/fleet";
import { agentAddress, type Route } from "../model/route";
import type { TransitionEvent } from "../model/types";
import { short } from "../model/words";
import { connection, filter, fleet, mayStart, serverNow, wide } from "../page";
import { AgentList } from "./agent_list";
import { Detail } from "./detail";
import { MarkedBar } from "./marked";

export function Agents({ at }: { at: Extract<Route, { at: "agents" }> }) {
  const open = usePart(fleet, (known) => agentAt(known, at.agent));
  const isWide = useCell(wide);
  const opened = open?.id ?? at.agent;

  useEffect(() => {
    if (opened !== null) cursor.set(opened);
  }, [opened]);

  return (
    <main class="agents" tabIndex={-1} data-open={at.agent !== null} data-wide={isWide && at.agent !== null}>
      <AgentList opened={opened} before={at.agent === null && <h1 class="unseen">Agents</h1>} empty={<Nothing />}>
        <Recent />
        <MarkedBar />
      </AgentList>
      {at.agent !== null && (open === undefined ? <Gone reference={at.agent} /> : <Detail key={open.id} agent={open} pane={at.pane} />)}
    </main>
  );
}

function Gone({ reference }: { reference: string }) {
  const isKnown = usePart(fleet, (known) => known.known);
  return (
    <section class="detail middle">{isKnown && <p class="faint">There is no agent {shownName(reference)} any more.</p>}</section>
  );
}

function Nothing() {
  const known = useCell(fleet);
  const state = useCell(connection);
  const isReading = !known.known || [...known.hosts.values()].some((host) => host.state === "connecting");
  if (known.agents.size === 0 && isReading)
    return state === "open" ? (
      <div class="nothing soon" role="status">
        <p>Reading what runs in tmux…</p>
      </div>
    ) : null;
  if (known.agents.size > 0)
    return (
      <div class="nothing">
        <p>No agent fits the filter.</p>
        <button type="button" onClick={() => filter.set("")}>
          Show all
        </button>
      </div>
    );
  return (
    <div class="nothing">
      <p>No agents yet.</p>
      <p class="faint">Agents of known kinds are shown from whatever pane they run in, and every tmux session whose name begins with the agents' prefix.</p>
      {mayStart() && (
        <button type="button" class="main" onClick={() => dialog.set({ kind: "spawn" })}>
          Start one
        </button>
      )}
    </div>
  );
}

function Recent() {
  const recent = usePart(fleet, (known) => known.recent);
  if (recent.length === 0) return null;
  return (
    <section>
      <h2>Recent</h2>
      <ol class="recent">
        {recent.slice(0, 8).map((each) => (
          <li key={each.n}>
            <Ago transition={each} />
            <a href={agentAddress(each.id ?? each.agent)}>{shownName(each.agent)}</a>
            <span class="faint">{each.from ?? "new"} →</span>
            <span class={`word ${each.to}`}>{each.to}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Ago({ transition }: { transition: TransitionEvent }) {
  return <time>{usePart(serverNow, (now_s) => short(Math.max(0, now_s - happened_s(transition))))}</time>;
}
