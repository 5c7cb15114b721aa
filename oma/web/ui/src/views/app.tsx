/** The whole page: a login, or the place that the address names. */

import { useEffect } from "preact/hooks";

import { useCell } from "../cell";
import type { Route } from "../model/route";
import { counted } from "../model/selecting";
import { printable, title } from "../model/words";
import { connection, fleet, loginCode, route, session } from "../page";
import { Agents } from "./agents";
import { DialogHost } from "./dialog_host";
import { Inbox } from "./inbox";
import { lazily } from "./lazily";
import { CodeLogin, Login } from "./login";
import { Recordings } from "./recordings";
import { Sayings } from "./sayings";
import { TopBar } from "./top_bar";

const Stats = lazily(async () => (await import("./stats")).Stats);

export function App() {
  const known = useCell(session);
  const agents = useCell(fleet).agents;
  const at = useCell(route);
  useEffect(() => {
    document.title = known ? title(counted(agents.values())) : "oma";
  }, [known, agents]);
  const code = useCell(loginCode);
  if (known === undefined) return <Unreached />;
  if (code !== null) return <CodeLogin code={code} known={known} />;
  if (known === null) return <Login />;
  return (
    <>
      <TopBar session={known} />
      <Lost />
      <Hosts />
      {known.notice !== "" && (
        <div class="lost notice" role="note">
          {known.notice}
        </div>
      )}
      <Place at={at} />
      <DialogHost />
      <Sayings />
    </>
  );
}

function Place({ at }: { at: Route }) {
  switch (at.at) {
    case "inbox":
      return <Inbox />;
    case "stats":
      return <Stats />;
    case "agents":
      return <Agents at={at} />;
    case "recordings":
      return <Recordings at={at} />;
  }
}

function Unreached() {
  if (useCell(connection) !== "lost") return null;
  return (
    <main class="middle">
      <div role="status">
        <h1>The server does not answer</h1>
        <p class="faint">
          Trying again every two seconds. Does <code>oma web</code> run?
        </p>
      </div>
    </main>
  );
}

/** As many machines are named. */
const MOST_NAMED = 5;

function Hosts() {
  const away = [...useCell(fleet).hosts.values()].filter((host) => host.state !== "live" && host.state !== "stopped");
  if (useCell(connection) === "lost" || away.length === 0) return null;
  const named = away.slice(0, MOST_NAMED).map((host) => [`${host.host} ${host.state}`, host.words].filter((text) => text !== ""));
  const more = away.length > MOST_NAMED ? `; ${away.length - MOST_NAMED} more` : "";
  return (
    <div class="lost hosts" role="status">
      {named.map((each) => printable(each.join(": "))).join("; ") + more}
    </div>
  );
}

function Lost() {
  if (useCell(connection) !== "lost") return null;
  return (
    <div class="lost" role="status">
      Connection lost: what you see is old. Connecting again…
    </div>
  );
}
