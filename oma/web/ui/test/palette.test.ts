import assert from "node:assert/strict";
import { test } from "node:test";

import { chosenBy } from "../src/model/palette";

const CHOICES = [
  { name: "the keys", more: "help" },
  { name: "fix-help", more: "feature/login app" },
  { name: "helper", more: "" },
];

test("letters choose by name and by what else is known, first what begins with them", () => {
  const names = (words: string) => chosenBy(CHOICES, words).map((each) => each.name);
  assert.deepEqual(names(""), ["the keys", "fix-help", "helper"]);
  assert.deepEqual(names("HELP"), ["helper", "fix-help", "the keys"]);
  assert.deepEqual(names("fix login"), ["fix-help"]);
  assert.deepEqual(names("nothing"), []);
});
