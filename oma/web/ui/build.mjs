// Builds the page into ../static, each file under a name with a hash of its content; with `--tests`,
// the tests of its pure parts into build/test instead.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const output = join(here, "..", "static");

async function buildTests() {
  const tests = join(here, "test");
  rmSync(join(here, "build"), { recursive: true, force: true });
  await build({
    entryPoints: readdirSync(tests)
      .filter((name) => name.endsWith(".test.ts"))
      .map((name) => join(tests, name)),
    outdir: join(here, "build", "test"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "warning",
  });
}

async function buildPage() {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(join(output, "assets"), { recursive: true });
  const worker = nameOf(await bundle("worker.ts", '""'), ".js");
  const built = await bundle("main.tsx", JSON.stringify(`/assets/${worker}`));
  const icon = readFileSync(join(here, "src", "icon.svg"));
  const names = {
    icon: `icon-${createHash("sha256").update(icon).digest("hex").slice(0, 8).toUpperCase()}.svg`,
    script: nameOf(built, ".js"),
    style: nameOf(built, ".css"),
  };
  writeFileSync(join(output, "assets", names.icon), icon);
  const page = readFileSync(join(here, "src", "index.html"), "utf8");
  writeFileSync(join(output, "index.html"), page.replace(/\{(\w+)\}/g, (_, name) => `assets/${names[name]}`));
}

/** @param workerUrl The expression for the address of the shared worker, which the page starts. */
function bundle(entry, workerUrl) {
  return build({
    entryPoints: [join(here, "src", entry)],
    outdir: join(output, "assets"),
    entryNames: "[name]-[hash]",
    bundle: true,
    minify: true,
    format: "esm",
    target: ["es2022", "chrome123", "firefox120", "safari17.5"],
    legalComments: "eof",
    define: { WORKER_URL: workerUrl },
    metafile: true,
    logLevel: "warning",
  });
}

function nameOf(built, ending) {
  return Object.keys(built.metafile.outputs).find((path) => path.endsWith(ending)).split("/").at(-1);
}

await (process.argv.includes("--tests") ? buildTests() : buildPage());
