/** Agents for tests. */

import type { Agent, Health, TransitionEvent } from "../src/model/types";

export function agent(name: string, health: Health, more: Partial<Agent> = {}): Agent {
  return {
    agent: name,
    id: `%${name}`,
    place: "work:0.0",
    session: "$1",
    pane: "%1",
    health,
    reason: "active",
    rule: "generic/active",
    evidence: "output arrives",
    since: "2026-01-01T00:00:00+00:00",
    since_s: 10,
    until: null,
    idle_s: 0,
    profile: "generic",
    command: "sh",
    title: "",
    cwd: "/",
    group: "",
    session_name: "",
    project: "",
    branch: "",
    changes: null,
    task: "",
    pid: 1,
    cpu_percent: null,
    rss_bytes: null,
    dialog: null,
    viewers: [],
    controlled_by: null,
    host: "",
    lost: false,
    ...more,
  };
}

export function transition(name: string, to: Health, t: number, n = 1): TransitionEvent {
  return {
    t,
    seq: 1,
    n,
    since_s: t,
    since: new Date(Date.UTC(2026, 0, 1) + (t - 10) * 1000).toISOString(),
    agent: name,
    id: `%${name}`,
    place: "work:0.0",
    from: "ok",
    to,
    reason: "permission",
    rule: "claude/permission",
    evidence: "Proceed?",
    until: null,
    dialog: null,
  };
}
