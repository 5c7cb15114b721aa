import assert from "node:assert/strict";
import { test } from "node:test";

import { optionByKey } from "../src/model/dialog";
import {
  commonOptions,
  countPutOff,
  inboxOf,
  matterOf,
  SETTLE_MS,
  Settling,
  stillPicked,
  swiped,
} from "../src/model/inbox";
import type { Agent, Dialog } from "../src/model/types";
import { agent } from "./agents";

function asks(subject: string, ...options: readonly (readonly [string, string])[]): Dialog {
  return {
    question: "Do you want to proceed?",
    subject,
    options: options.map(([key, label], index) => ({ key, label, chosen: index === 0 })),
    takes_text: false,
    fingerprint: `of ${subject}`,
  };
}

const YES_NO = [["1", "Yes"], ["2", "No"]] as const;

function waiting(name: string, since_s: number, subject = name): Agent {
  return agent(name, "waiting", { since_s, dialog: asks(subject, ...YES_NO) });
}

const NONE = new Map<string, string>();
const names = (agents: readonly Agent[]) => agents.map((each) => each.agent);

test("the inbox has who needs the user, and who comes last stands last", () => {
  const all = [waiting("late", 9), agent("calm", "ok"), agent("stuck", "stuck", { since_s: 5 }), waiting("early", 1)];
  assert.deepEqual(names(inboxOf(all, NONE)), ["early", "stuck", "late"]);
});

test("what is put off comes back when it asks something else", () => {
  const first = waiting("a", 1);
  const off = new Map([[first.id, matterOf(first)]]);
  assert.deepEqual(inboxOf([first], off), []);
  assert.equal(countPutOff([first], off), 1);
  assert.deepEqual(names(inboxOf([waiting("a", 1, "another")], off)), ["a"]);
  assert.deepEqual(names(inboxOf([waiting("a", 2)], off)), ["a"]);
});

test("a card takes an answer once it has stood still", () => {
  const settling = new Settling();
  settling.show([waiting("a", 1)], 0);
  assert.equal(settling.isSettled("%a", SETTLE_MS - 1), false);
  settling.show([waiting("a", 1)], SETTLE_MS / 2); // drawn again, and the same
  assert.equal(settling.isSettled("%a", SETTLE_MS), true);
  assert.equal(settling.isSettled("%other", SETTLE_MS), false);
});

test("a card is new when it asks something else, and when one above it has gone or changed", () => {
  const [a, b, c] = [waiting("a", 1), waiting("b", 2), waiting("c", 3)];
  const later = 10 * SETTLE_MS;
  const cases: readonly (readonly [readonly Agent[], readonly boolean[]])[] = [
    [[waiting("a", 1), b, c], [true, true, true]],
    [[a, b, waiting("c", 3, "another")], [true, true, false]],
    [[a, waiting("b", 2, "another"), c], [true, false, false]],
    [[b, c], [false, false]],
    [[a, b, c, waiting("d", 4)], [true, true, true, false]],
  ];
  for (const [then, settled] of cases) {
    const settling = new Settling();
    settling.show([a, b, c], 0);
    settling.show(then, later);
    assert.deepEqual(then.map((each) => settling.isSettled(each.id, later)), settled);
  }
});

test("who asks something else by now is not answered with the others", () => {
  const [a, b] = [waiting("a", 1), waiting("b", 2)];
  const picked = new Map([a, b].map((each) => [each.id, each.dialog as Dialog]));
  const known = (...agents: Agent[]) => new Map(agents.map((each) => [each.id, each]));

  assert.equal(stillPicked(picked, known(a, b)), picked);
  assert.deepEqual([...stillPicked(picked, known(a, waiting("b", 2, "another"))).keys()], ["%a"]);
  assert.deepEqual([...stillPicked(picked, known(a, agent("b", "ok"))).keys()], ["%a"]);
  assert.deepEqual([...stillPicked(picked, known(b)).keys()], ["%b"]);
});

test("alike is what has the same key and the same text in each", () => {
  const often = ["2", "Yes, and do not ask again"] as const;
  const three = asks("x", ["1", "Yes"], often, ["3", "No"]);
  assert.deepEqual(commonOptions([]), []);
  assert.deepEqual(commonOptions([three, asks("y", ...YES_NO)]).map((each) => each.label), ["Yes"]);
  assert.deepEqual(commonOptions([asks("x", ["", "Yes"]), asks("y", ["", "Yes"])]), []);
});

test("a digit is an option's own key, else it counts options whose keys are letters", () => {
  const numbered = asks("x", ["1", "Yes"], ["3", "No"]);
  const lettered = asks("x", ["y", "Approve"], ["n", "Deny"], ["", "Tell it"]);
  const cases = [[numbered, "1", "1"], [numbered, "2", undefined], [lettered, "2", "n"], [lettered, "3", undefined]] as const;
  for (const [dialog, key, chosen] of cases) assert.equal(optionByKey(dialog, key)?.key, chosen);
});

test("a swipe goes far to a side, and not up or down", () => {
  const from = { x: 200, y: 200 };
  const cases = [[{ x: 100, y: 210 }, "left"], [{ x: 300, y: 160 }, "right"], [{ x: 150, y: 200 }, null], [{ x: 90, y: 300 }, null], [null, null]] as const;
  for (const [to, side] of cases) assert.equal(swiped(from, to), side);
  assert.equal(swiped(null, from), null);
});
