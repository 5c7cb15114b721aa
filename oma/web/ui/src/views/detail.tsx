/** One agent: what it is, what can be done to it, and its terminal, grounds or logs. */

import { askFirst, openTerminal, shownName } from "../actions";
import { dialog } from "../asking";
import { useCell, usePart } from "../cell";
import { pinned, togglePinned } from "../listing";
import { toldEvidence, toldReason } from "../model/dialog";
import { agentAddress, PANES, type Pane } from "../model/route";
import type { Agent } from "../model/types";
import { checkout, percent, place, printable, size, until } from "../model/words";
import { isAdmin, mayAct, now, openAgent, session, wide } from "../page";
import { secret } from "../server/http";
import { Answers } from "./answers";
import { Age, Watched } from "./card";
import { IconButton } from "./icon";
import { Logs } from "./logs";
import { Message } from "./message";
import { lazily } from "./lazily";
import { TextScreen } from "./text_screen";
import { Why } from "./why";

const TerminalPane = lazily(async () => (await import("./terminal")).TerminalPane);

const TITLES: Readonly<Record<Pane, string>> = { terminal: "Terminal", why: "Why", logs: "Logs" };

export function Detail({ agent, pane }: { agent: Agent; pane: Pane }) {
  const name = shownName(agent.agent);
  const evidence = toldEvidence(agent);
  const reason = evidence === "" ? agent.reason : toldReason(agent);
  return (
    <section class={`detail ${agent.health}`} aria-label={name}>
      <header>
        <div class="line">
          <span class="only-narrow">
            <IconButton name="back" label="All agents (Esc)" press={() => openAgent(null)} />
          </span>
          <i class="dot" />
          <h1>{name}</h1>
          <span class={`word ${agent.health}`}>{agent.health}</span>
          <Age agent={agent} />
          <Watched agent={agent} />
          <span class="grow" />
          <Deeds agent={agent} />
        </div>
        <p class="facts">
          <span>{printable(agent.profile)}</span>
          {agent.title !== "" && <span>{printable(agent.title)}</span>}
          <span title={printable(agent.cwd)}>{place(printable(agent.cwd))}</span>
          {agent.branch !== "" && (
            <span title="+ ahead, - behind, * not committed, ! in conflict">{checkout(agent)}</span>
          )}
          <span>{printable(agent.command)}</span>
          {agent.place !== null && <span title="session:window.pane">{printable(agent.place)}</span>}
          <span>{percent(agent.cpu_percent)} CPU</span>
          <span>{size(agent.rss_bytes)}</span>
        </p>
        <p class="because">
          {reason !== "" && <b>{reason}</b>} {usePart(now, (now_s) => until(agent.until, now_s * 1000))} {evidence !== "" && <q>{evidence}</q>}
        </p>
        <Answers agent={agent} />
        <nav class="tabs" role="tablist" aria-label="Of this agent">
          {PANES.map((each) => (
            <a
              key={each}
              role="tab"
              aria-selected={each === pane}
              href={agentAddress(agent.id, each)}
            >
              {TITLES[each]}
              <kbd>{each[0]}</kbd>
            </a>
          ))}
        </nav>
      </header>
      <Shown agent={agent} pane={pane} />
      {mayAct() && agent.health !== "exited" && <Message agent={agent} />}
    </section>
  );
}

function Shown({ agent, pane }: { agent: Agent; pane: Pane }) {
  const known = useCell(session);
  switch (pane) {
    case "why":
      return <Why agent={agent} />;
    case "logs":
      return <Logs id={agent.id} />;
    case "terminal":
      return known?.terminal && secret() !== null ? (
        <TerminalPane id={agent.id} name={shownName(agent.agent)} exited={agent.health === "exited"} />
      ) : (
        <TextScreen agent={agent} />
      );
  }
}

function Deeds({ agent }: { agent: Agent }) {
  const isWide = useCell(wide);
  const isPinned = useCell(pinned).has(agent.id);
  return (
    <div class="deeds">
      {mayAct() && (
        <>
          {agent.health !== "exited" && (
            <button type="button" title="x" onClick={() => askFirst(agent, "stop")}>
              Stop
            </button>
          )}
          <button type="button" title="R" onClick={() => askFirst(agent, "restart")}>
            Restart
          </button>
          <button type="button" class="danger" title="K" onClick={() => askFirst(agent, "kill")}>
            Kill
          </button>
        </>
      )}
      {isAdmin() && (
        <>
          <IconButton
            name="share"
            label="Share this agent by a link"
            press={() => dialog.set({ kind: "share", id: agent.id, agent: agent.agent })}
          />
          <IconButton
            name="window"
            label="Open a terminal on the server's machine"
            press={() => void openTerminal(agent)}
          />
        </>
      )}
      <IconButton
        name="pin"
        label={isPinned ? "Pinned to the top (s)" : "Pin to the top (s)"}
        pressed={isPinned}
        press={() => togglePinned(agent.id)}
      />
      <span class="only-wide">
        <IconButton name="wide" label="Full width (f)" pressed={isWide} press={() => wide.set(!isWide)} />
        <IconButton name="close" label="Close (Esc)" press={() => openAgent(null)} />
      </span>
    </div>
  );
}
