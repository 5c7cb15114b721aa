import assert from "node:assert/strict";
import { test } from "node:test";

import { address, parsed, type Route } from "../src/model/route";

test("an address of the page is read back as what it was written from", () => {
  const routes: Route[] = [
    { at: "agents", agent: null, pane: "terminal" },
    { at: "agents", agent: "oma-agent-1", pane: "why" },
    { at: "agents", agent: "%5", pane: "logs" },
    { at: "agents", agent: "Fix a/b: 100% of?#", pane: "terminal" },
    { at: "inbox" },
    { at: "recordings", name: null, agent: null, t: 0 },
    { at: "recordings", name: "a b/c.jsonl", agent: "x", t: 12.5 },
    { at: "recordings", name: "a", agent: "x", t: 0.358484 },
  ];
  for (const route of routes) assert.deepEqual(parsed(address(route)), route);
});

test("an address that is none of ours is the list", () => {
  for (const hash of ["", "#", "#/nowhere/x", "#/agents/", "#/%"]) {
    assert.deepEqual(parsed(hash), { at: "agents", agent: null, pane: "terminal" });
  }
});
