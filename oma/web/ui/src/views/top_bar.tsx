/** The bar above everything: how many are how, the filter, and what concerns the whole page. */

import { dialog } from "../asking";
import { useCell } from "../cell";
import { density, grouping, nextDensity, nextGrouping, nextSorting, sorting } from "../listing";
import { counted, HEALTHS, withHealth } from "../model/selecting";
import { inboxOf } from "../model/inbox";
import type { Route } from "../model/route";
import type { SessionState } from "../model/types";
import { connection, filter, fleet, go, mayStart, openAgent, route } from "../page";
import { putOff } from "../inbox_state";
import { notices, toggleNotices, type Wish } from "../notices";
import { nextTheme, theme } from "../theme";
import { Icon, IconButton } from "./icon";

const WISHES: Readonly<Record<Wish, string>> = {
  impossible: "This browser has no notifications",
  denied: "Notifications are blocked: allow them in the browser's settings of this page",
  off: "Notify me when an agent waits or is stuck",
  on: "Notifications are on",
};

const DENSITIES = { cards: "Cards", rows: "Rows", previews: "Previews" } as const;

export function TopBar({ session }: { session: SessionState }) {
  const at = useCell(route).at;
  return (
    <header class="bar">
      <a class="brand" href="#/" aria-label="oma: all agents">
        oma
      </a>
      <Counts />
      {at === "agents" && <Filter />}
      {at === "agents" && <By />}
      <span class="grow" />
      <Signal />
      <Tools session={session} at={at} />
    </header>
  );
}

function Counts() {
  const counts = counted(useCell(fleet).agents.values());
  const words = useCell(filter).split(/\s+/);
  return (
    <div class="counts" role="group" aria-label="Filter by health">
      {HEALTHS.map((health) => (
        <button
          type="button"
          key={health}
          class={`count ${health}`}
          data-none={counts[health] === 0}
          aria-pressed={words.includes(`health:${health}`)}
          aria-label={`${counts[health]} ${health}`}
          title={`${counts[health]} ${health}`}
          onClick={() => {
            filter.set(withHealth(filter.value, health));
            if (route.value.at !== "agents") openAgent(null);
          }}
        >
          <i class="dot" />
          {counts[health]}
        </button>
      ))}
    </div>
  );
}

function Filter() {
  return (
    <input
      id="filter"
      type="search"
      aria-label="Filter agents"
      placeholder="Filter  /"
      value={useCell(filter)}
      onInput={(event) => filter.set(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key === "Escape") {
          filter.set("");
          event.currentTarget.blur();
        }
      }}
    />
  );
}

function By() {
  const by = useCell(grouping);
  const dense = useCell(density);
  return (
    <span class="line arranging">
      <IconButton name="groups" label={`Grouped by ${by} (b)`} pressed={by !== "need"} press={nextGrouping} />
      <span class="only-wide">
        <SortButton />
      </span>
      <IconButton
        name={dense === "previews" ? "grid" : "rows"}
        label={`${DENSITIES[dense]} (v)`}
        pressed={dense !== "cards"}
        press={nextDensity}
      />
    </span>
  );
}

function SortButton() {
  const order = useCell(sorting);
  return <IconButton name="sort" label={`Sorted by ${order} (o)`} pressed={order !== "need"} press={nextSorting} />;
}

function Signal() {
  const state = useCell(connection);
  const words = state === "open" ? "live" : state === "lost" ? "lost" : "connecting";
  return (
    <span class="signal" data-state={state} title={`Connection: ${words}`}>
      {words}
    </span>
  );
}

function InboxButton({ at }: { at: Route["at"] }) {
  const agents = useCell(fleet).agents;
  const count = inboxOf(agents.values(), useCell(putOff)).length;
  return (
    <button
      type="button"
      class="quiet inboxButton"
      aria-pressed={at === "inbox"}
      aria-label={`Inbox: ${count} need you (i)`}
      title="Inbox (i)"
      data-none={count === 0}
      onClick={() => go(at === "inbox" ? { at: "agents", agent: null, pane: "terminal" } : { at: "inbox" })}
    >
      <Icon name="inbox" /> {count > 0 && count}
    </button>
  );
}

function Tools({ session, at }: { session: SessionState; at: Route["at"] }) {
  const wish = useCell(notices);
  const chosen = useCell(theme);
  const place = useCell(route);
  const isList = place.at === "agents" && place.agent === null;
  const sign = chosen === "dark" ? "moon" : chosen === "light" ? "sun" : "half";
  return (
    <nav class="tools" aria-label="Page">
      {isList && (
        <span class="only-narrow">
          <SortButton />
        </span>
      )}
      <InboxButton at={at} />
      {mayStart() && (
        <IconButton name="plus" label="Start an agent (n)" press={() => dialog.set({ kind: "spawn" })} />
      )}
      <span class="only-wide">
        <IconButton
          name="bars"
          label="Statistics (g)"
          pressed={at === "stats"}
          press={() => go(at === "stats" ? { at: "agents", agent: null, pane: "terminal" } : { at: "stats" })}
        />
      </span>
      <IconButton
        name="film"
        label="Recordings (p)"
        pressed={at === "recordings"}
        press={() =>
          at === "recordings"
            ? openAgent(null)
            : go({ at: "recordings", name: null, agent: null, t: 0 })
        }
      />
      <IconButton
        name={wish === "on" ? "bell" : "bell-off"}
        label={WISHES[wish]}
        pressed={wish === "on"}
        disabled={wish === "impossible" || wish === "denied"}
        press={() => void toggleNotices(session.push_key)}
      />
      <span class="only-wide">
        <IconButton name={sign} label={`Theme: ${chosen} (d)`} press={nextTheme} />
        <IconButton name="help" label="Keys (?)" press={() => dialog.set({ kind: "help" })} />
      </span>
      <IconButton
        name="person"
        label={`${session.name}, ${session.role}`}
        press={() => dialog.set({ kind: "account" })}
      />
    </nav>
  );
}
