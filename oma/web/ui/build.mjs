// Builds the page into ../static, each file under a name with a hash of its content, and beside it as
// browsers take it compressed; with `--tests`, the tests of its pure parts into build/test instead.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const output = join(here, "..", "static");

const OPTIONS = {
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022", "chrome123", "firefox120", "safari17.5"],
  legalComments: "eof",
  logLevel: "warning",
};

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
  const built = await bundle("main.tsx", JSON.stringify(`/assets/${worker}`), true);
  const icon = writeHashed("icon.svg", readFileSync(join(here, "src", "icon.svg"), "utf8"));
  const manifest = readFileSync(join(here, "src", "manifest.webmanifest"), "utf8").replaceAll("{icon}", icon);
  const names = {
    icon,
    manifest: writeHashed("manifest.webmanifest", manifest),
    script: nameOf(built, ".js"),
    style: nameOf(built, ".css"),
  };
  const page = readFileSync(join(here, "src", "index.html"), "utf8");
  const shared = sharedBy(built, names.script).map((name) => `<link rel="modulepreload" href="assets/${name}">`);
  writeFileSync(
    join(output, "index.html"),
    page
      .replace(/\{(\w+)\}/g, (_, name) => `assets/${names[name]}`)
      .replace("  </head>", shared.map((link) => `    ${link}\n`).join("") + "  </head>"),
  );
  await buildServiceWorker(sharedBy(built, names.script), [...Object.values(names), worker]);
  for (const name of readdirSync(join(output, "assets"))) compress(join(output, "assets", name));
}

/** The service worker has a name without a hash, as browsers ask for it again by that; it knows all files of the build. */
async function buildServiceWorker(shared, named) {
  const first = [...shared, ...named];
  const later = readdirSync(join(output, "assets")).filter((name) => !first.includes(name));
  const paths = (names) => names.toSorted().map((name) => `assets/${name}`);
  const hash = createHash("sha256").update(readFileSync(join(output, "index.html"))).update(later.join(" "));
  await build({
    ...OPTIONS,
    entryPoints: [join(here, "src", "service_worker.ts")],
    outfile: join(output, "service-worker.js"),
    define: { BUILD: JSON.stringify({ name: hash.digest("hex").slice(0, 8), first: paths(first), later: paths(later) }) },
  });
}

/** Writes a file under a name with a hash of its content. @returns That name. */
function writeHashed(name, content) {
  const [stem, ending] = name.split(".");
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
  const hashed = `${stem}-${hash}.${ending}`;
  writeFileSync(join(output, "assets", hashed), content);
  return hashed;
}

/** Whether a file is what the page or the worker begins with, and no part that is loaded later. */
function isMain(entryPoint) {
  return entryPoint !== undefined && /(main|worker)\.tsx?$/.test(entryPoint);
}

/** The files that a script needs before it runs; without being told, a browser learns of them late. */
function sharedBy(built, script) {
  const [, { imports }] = Object.entries(built.metafile.outputs).find(([path]) => path.endsWith(`/${script}`));
  return imports.filter(({ kind }) => kind === "import-statement").map(({ path }) => path.split("/").at(-1));
}

function compress(path) {
  const content = readFileSync(path);
  writeFileSync(`${path}.br`, brotliCompressSync(content));
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
}

/** @param workerUrl The expression for the address of the shared worker, which the page starts. */
function bundle(entry, workerUrl, splitting = false) {
  return build({
    entryPoints: [join(here, "src", entry)],
    outdir: join(output, "assets"),
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    splitting,
    define: { WORKER_URL: workerUrl },
    metafile: true,
    ...OPTIONS,
  });
}

function nameOf(built, ending) {
  const outputs = Object.entries(built.metafile.outputs);
  const isOurs = ([path, { entryPoint }]) => path.endsWith(ending) && (ending !== ".js" || isMain(entryPoint));
  return outputs.find(isOurs)[0].split("/").at(-1);
}

await (process.argv.includes("--tests") ? buildTests() : buildPage());
