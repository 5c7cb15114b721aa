import assert from "node:assert/strict";
import { test } from "node:test";

import { linkOf, linksOn } from "../src/model/links";

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

/** Rows of 40 columns; one that begins with `\\` goes on where the terminal wrapped it. */
function found(rows: readonly string[]): string[][] {
  const screen = rows.map((text) => ({ cells: [...text.replace(/^\\/, "").padEnd(40)], isWrapped: text.startsWith("\\") }));
  return screen.map((_, row) => linksOn(row, (at) => screen[at] ?? null).map((link) => link.text));
}

test("an address that takes several rows is one link on each of them", () => {
  const long = "https://x.example/a/very/long/way/to/what?is=meant&by=it";
  const cases: Record<string, readonly string[]> = {
    "wrapped by the terminal": ["see https://x.example/a/very/long/way/to", "\\/what?is=meant&by=it now"],
    "in the scheme": ["                                     htt", "\\ps://x.example/a/very/long/way/to/what?i", "\\s=meant&by=it"],
    "to the last column": ["see https://x.example/a/very/long/way/to", "/what?is=meant&by=it now"],
    "broken by a program": ["  see https://x.example/a/very/long/wa", "  y/to/what?is=meant&by=it now"],
    "in a box": ["│ https://x.example/a/very/long/way/to │", "│ /what?is=meant&by=it.                │"],
  };
  for (const [what, rows] of Object.entries(cases)) assert.deepEqual(found(rows), rows.map(() => [long]), what);
});

test("what stands below an address is not part of it", () => {
  const cases: readonly (readonly [string, ...string[]])[] = [
    ["https://x.example/", "and more"],
    ["see https://x.example/a/way/to/what.htm", "for more"],
    ["https://x.example/to/the/last/column/in/", "https://x.example/to/the/last/column/in/"],
    ["https://x.example/to/the/last/column/in/", ""],
    ["│ see also https://x.example/a/way/to  │", "│ it, or ask                           │"],
  ];
  for (const rows of cases) assert.deepEqual(found(rows)[0], [/https:[^\s│]*/.exec(rows[0])?.[0]], rows[0]);
});

test("an address ends before what ends its sentence, and several are in one row", () => {
  assert.deepEqual(found(["(http://a.b/c_(d)), http://e/f). x://g"])[0], ["http://a.b/c_(d)", "http://e/f"]);
});

test("an address is where its characters are, wide ones too", () => {
  const cells = ["日", "", "h", "t", "t", "p", ":", "/", "/", "é.", "日", "", " "];
  const [link] = linksOn(0, (row) => (row === 0 ? { cells, isWrapped: false } : null));
  assert.deepEqual([link?.text, link?.from.column, link?.to.column], ["http://é.日", 2, 10]);
});
