import assert from "node:assert/strict";
import { test } from "node:test";

import { addressOf, baseOf } from "../src/server/base";

test("the server is where the page is, and above where its worker is", () => {
  assert.equal(baseOf("http://a/"), "/");
  assert.equal(baseOf("http://a/login?code=x#/agents/y"), "/");
  assert.equal(baseOf("https://a/oma/login?code=x/y"), "/oma/");
  assert.equal(baseOf("https://a/oma/box/#/inbox"), "/oma/box/");
  assert.equal(baseOf("https://a/oma/assets/worker-X.js", 1), "/oma/");
  assert.equal(addressOf("/api/agents/%255"), "/api/agents/%255");
});
