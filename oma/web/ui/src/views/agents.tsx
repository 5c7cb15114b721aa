/** The agents: a list, and beside it the one that is looked at. */

import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

import { shownName } from "../actions";
import { dialog } from "../asking";
import { useCell } from "../cell";
import { collapsed, density, grouping, isCollapsed, pinned, shownGroups, sorting, toggleCollapsed } from "../listing";
import { putOff } from "../inbox_state";
import { cursor } from "../keys";
import { marked } from "../marks";
import { agentAt, happened_s, type Fleet } from "../model/fleet";
import { agentAddress, type Route } from "../model/route";
import { printable, short } from "../model/words";
import { connection, filter, fleet, mayStart, serverNow, wide } from "../page";
import { cardOf } from "./card";
import { Detail } from "./detail";
import { Icon } from "./icon";
import { useSlices } from "./in_sight";
import { MarkedBar } from "./marked";

/** So many cards are drawn whether they are in sight or not, as the first mostly are. */
const FIRST = { cards: 24, rows: 24, previews: 9 } as const;
/** By then the cards around one that was out of sight are drawn, and have their sizes. */
const SETTLED_MS = 100;

export function Agents({ at }: { at: Extract<Route, { at: "agents" }> }) {
  const known = useCell(fleet);
  const words = useCell(filter);
  const dense = useCell(density);
  useCell(grouping);
  useCell(sorting);
  useCell(pinned);
  useCell(collapsed);
  useCell(putOff);
  const marks = useCell(marked);
  const isWide = useCell(wide);
  const groups = shownGroups(known.agents.values(), words);
  const keys = groups.flatMap((group) => (isCollapsed(group) ? [] : group.agents.map(({ id }) => `${dense} ${group.key} ${id}`)));
  const most = useSlices(keys);
  const isWhole = most === keys.length;
  let index = 0;
  const open = agentAt(known, at.agent);
  const opened = open?.id ?? at.agent;
  const place = useRef<HTMLElement>(null);
  const selected = useCell(cursor);

  useEffect(() => {
    if (opened !== null) cursor.set(opened);
  }, [opened]);
  useLayoutEffect(() => {
    if (place.current !== null) place.current.scrollTop = 0;
  }, [words]);
  useEffect(() => {
    const show = () => place.current?.querySelector("[data-selected=true]")?.scrollIntoView({ block: "nearest" });
    show();
    const again = setTimeout(show, SETTLED_MS);
    return () => clearTimeout(again);
  }, [selected, opened, isWhole]);

  return (
    <main class="agents" tabIndex={-1} data-open={at.agent !== null} data-wide={isWide && at.agent !== null}>
      <section class="list" aria-label="Agents" ref={place}>
        {at.agent === null && <h1 class="unseen">Agents</h1>}
        {groups.length === 0 && <Nothing known={known} />}
        {groups.map((group) => {
          const isShut = isCollapsed(group);
          return (
            <section key={group.key} aria-label={printable(group.heading)}>
              <h2 class={group.worst ?? ""} data-group={group.key}>
                <button type="button" class="quiet" aria-expanded={!isShut} onClick={() => toggleCollapsed(group)}>
                  <Icon name={isShut ? "next-group" : "down"} />
                  {group.worst !== null && <i class="dot" />} {printable(group.heading)}{" "}
                  <span>{group.agents.length}</span>
                </button>
              </h2>
              <ul class="cards" data-density={dense} data-marking={marks.size > 0}>
                {(isShut ? [] : group.agents.slice(0, Math.max(0, most - index))).map((agent) =>
                  cardOf({
                    agent,
                    first: index++ < FIRST[dense],
                    selected: agent.id === (opened ?? selected),
                    open: agent.id === opened,
                    marked: marks.has(agent.id),
                    density: dense,
                  }),
                )}
              </ul>
            </section>
          );
        })}
        <Recent />
        <MarkedBar />
      </section>
      {at.agent !== null &&
        (open === undefined ? (
          <section class="detail middle">
            {known.known && <p class="faint">There is no agent {shownName(at.agent)} any more.</p>}
          </section>
        ) : (
          <Detail key={open.id} agent={open} pane={at.pane} />
        ))}
    </main>
  );
}

function Nothing({ known }: { known: Fleet }) {
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
  const { recent } = useCell(fleet);
  const time_s = useCell(serverNow);
  if (recent.length === 0) return null;
  return (
    <section>
      <h2>Recent</h2>
      <ol class="recent">
        {recent.slice(0, 8).map((each) => (
          <li key={each.n}>
            <time>{short(Math.max(0, time_s - happened_s(each)))}</time>
            <a href={agentAddress(each.id ?? each.agent)}>{shownName(each.agent)}</a>
            <span class="faint">{each.from ?? "new"} →</span>
            <span class={`word ${each.to}`}>{each.to}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
