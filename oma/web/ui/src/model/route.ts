/** Where one is in the page, as the part of the address behind `#`. */

export const PANES = ["terminal", "why", "logs"] as const;
export type Pane = (typeof PANES)[number];

export type Route =
  | { readonly at: "inbox" }
  | { readonly at: "stats" }
  /** `agent` is an id; or a name, in an address that somebody wrote. */
  | { readonly at: "agents"; readonly agent: string | null; readonly pane: Pane }
  | { readonly at: "recordings"; readonly name: string | null; readonly agent: string | null; readonly t: number };

/** Anything that is not an address of ours is the list of agents. */
export function parsed(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [part, name, pane] = path.split("/").map(decoded);
  if (part === "inbox" || part === "stats") return { at: part };
  if (part === "recordings") {
    const options = new URLSearchParams(query);
    const t = Number(options.get("t") ?? 0);
    return {
      at: "recordings",
      name: name || null,
      agent: options.get("agent"),
      t: Number.isFinite(t) && t > 0 ? t : 0,
    };
  }
  return {
    at: "agents",
    agent: part === "agents" ? name || null : null,
    pane: PANES.find((each) => each === pane) ?? "terminal",
  };
}

export function address(route: Route): string {
  if (route.at === "inbox" || route.at === "stats") return `#/${route.at}`;
  if (route.at === "agents") {
    if (route.agent === null) return "#/";
    const pane = route.pane === "terminal" ? "" : `/${route.pane}`;
    return `#/agents/${encodeURIComponent(route.agent)}${pane}`;
  }
  if (route.name === null) return "#/recordings";
  const options = new URLSearchParams();
  if (route.agent !== null) options.set("agent", route.agent);
  if (route.t > 0) options.set("t", moment(route.t));
  const query = options.toString();
  return `#/recordings/${encodeURIComponent(route.name)}${query === "" ? "" : `?${query}`}`;
}

/** A moment of a log, in the microseconds that logs have: a rounded one may lie before what happened then. */
export function moment(t: number): string {
  return String(Number(t.toFixed(6)));
}

/** The address of an agent, by its id. */
export function agentAddress(id: string, pane: Pane = "terminal"): string {
  return address({ at: "agents", agent: id, pane });
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
