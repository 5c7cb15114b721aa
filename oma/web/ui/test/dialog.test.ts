import assert from "node:assert/strict";
import { test } from "node:test";

import { askedWords, openDialog, optionOf, optionWords, toldEvidence, toldReason } from "../src/model/dialog";
import { folded, news, NO_FLEET } from "../src/model/fleet";
import type { Agent, Dialog } from "../src/model/types";
import { agent, transition } from "./agents";

const asks: Dialog = {
  question: "Do you want to proceed?",
  subject: "Bash(rm -rf build)",
  options: [
    { key: "1", label: "Yes", chosen: true },
    { key: "2", label: "Yes, and do not ask again", chosen: false },
    { key: "", label: "Tell it what to do", chosen: false },
  ],
  takes_text: false,
  fingerprint: "0123456789abcdef",
};

test("a dialog is open while its agent waits", () => {
  assert.equal(openDialog(agent("a", "waiting", { dialog: asks })), asks);
  assert.equal(openDialog(agent("a", "ok", { dialog: asks })), null);
  assert.equal(openDialog(agent("a", "waiting")), null);
  assert.equal(openDialog(undefined), null);
});

test("a key chooses the option that has it, and no key chooses what only arrows reach", () => {
  assert.equal(optionOf(asks, "2")?.label, "Yes, and do not ask again");
  assert.equal(optionOf(asks, "3"), null);
  assert.equal(optionOf(asks, ""), null);
  assert.equal(optionOf(null, "1"), null);
});

test("a button shows the key and the text of its option", () => {
  assert.deepEqual(asks.options.map(optionWords), [
    "1 Yes",
    "2 Yes, and do not ask again",
    "Tell it what to do",
  ]);
});

test("what is to be permitted comes before the question, and evidence stands in for both", () => {
  const { evidence, reason } = agent("a", "waiting", { evidence: "", reason: "permission" });

  assert.equal(askedWords({ evidence, reason, dialog: asks }), "Bash(rm -rf build)\nDo you want to proceed?");
  assert.equal(askedWords({ evidence: "Proceed?", reason }), "Proceed?");
  assert.equal(askedWords({ evidence, reason, dialog: { ...asks, question: "", subject: "" } }), "permission");
});

test("a transition brings its dialog, takes the last one away, and is told with it", () => {
  const calm = folded(NO_FLEET, { type: "snapshot", n: 0, at: "", agents: [agent("a", "ok")], hosts: [] }, 1);
  const waits = { type: "transition", transition: { ...transition("a", "waiting", 2, 1), dialog: asks } } as const;
  const waiting = folded(calm, waits, 2);
  const after = folded(waiting, { type: "transition", transition: transition("a", "ok", 3, 2) }, 3);

  assert.equal(waiting.agents.get("%a")?.dialog, asks);
  assert.equal(after.agents.get("%a")?.dialog, null);
  assert.equal(news(calm, waits)[0]?.words, "Bash(rm -rf build)\nDo you want to proceed?");
});

test("what an agent is for is said once, by its reason, its evidence or its dialog", () => {
  const told = (reason: string, evidence: string, until: Agent["until"] = null) => toldReason({ reason, evidence, until });
  assert.equal(told("permission", "Do you want to proceed?"), "permission");
  assert.equal(told("process-ended", "its process ended"), "");
  assert.equal(told("error-text", "Error: it broke"), "");
  assert.equal(told("error", "terror"), "error");
  assert.equal(told("no-news", "No such file"), "no-news");
  assert.equal(told("error", `${"x".repeat(60)} error`), "error");
  assert.equal(told("limit", "limit reached", { text: "3pm", at: null }), "limit");

  const waits = agent("a", "waiting", { evidence: asks.question, dialog: asks });
  assert.equal(toldEvidence(waits), "");
  assert.equal(toldEvidence({ ...waits, health: "stuck" }), asks.question);
  assert.equal(toldEvidence({ ...waits, evidence: "Which one?" }), "Which one?");
});
