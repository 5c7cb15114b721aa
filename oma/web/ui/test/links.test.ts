import assert from "node:assert/strict";
import { test } from "node:test";

import { linkOf } from "../src/model/links";

test("only addresses of the web are links", () => {
  for (const text of ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "vscode://x", "//x", "x", "https://", `https://x/${"a".repeat(2000)}`])
    assert.equal(linkOf(text), null, text);
  assert.deepEqual(linkOf("http://x.example/a?b#c"), { address: "http://x.example/a?b#c", host: "x.example", hasUser: false });
});

test("an address is shown as the browser asks for it", () => {
  assert.equal(linkOf("https://b\u0430nk.example/")?.host, "xn--bnk-6cd.example");
  assert.equal(linkOf("https://x.example/\u202egnp")?.address, "https://x.example/%E2%80%AEgnp");
  assert.equal(linkOf("HTTPS://X.example:443/")?.host, "x.example");
});

test("what stands before the host is not taken for it", () => {
  const link = linkOf("https://known.example:443@other.example/login");
  assert.deepEqual([link?.host, link?.hasUser], ["other.example", true]);
});
