// A browser at the other end of a pipe: each line of input is a script in JSON, run with `page` (and
// `context`, `another`, `given`, `enter`, `PATIENCE_MS`); each line of output is what came of it, under its number. It ends with its input.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const [chromium_path, ui] = process.argv.slice(2);
const { chromium } = createRequire(`${ui}/package.json`)("playwright-core");
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
/** Of each wait, which ends with what it is for: a loaded machine is never that slow. */
const PATIENCE_MS = 100_000;
const Script = Object.getPrototypeOf(async () => undefined).constructor;

const browser = await chromium.launch({ executablePath: chromium_path, args: FLAGS, timeout: PATIENCE_MS });
let context = null;
let page = null;

/** Gives the pages of somebody else. */
async function another(options) {
  const made = await browser.newContext(options);
  made.setDefaultTimeout(PATIENCE_MS);
  return made;
}

async function fresh(options) {
  await context?.close();
  context = await another({
    viewport: { width: 1280, height: 800 },
    permissions: ["clipboard-read", "clipboard-write"],
    serviceWorkers: "block", // whose requests no script could hold
    ...options,
  });
  page = await context.newPage();
}

/** Opens an address that logs in, and does. */
async function enter(tab, address) {
  await tab.goto(address);
  await tab.getByRole("button", { name: "Log in", exact: true }).click();
}

await fresh({});
for await (const line of createInterface({ input: process.stdin })) {
  const { number, script, given, options } = JSON.parse(line);
  let answer;
  try {
    if (options !== undefined) await fresh(options);
    const run = new Script("page", "context", "another", "given", "enter", "PATIENCE_MS", script ?? "");
    answer = { value: (await run(page, context, another, given, enter, PATIENCE_MS)) ?? null };
  } catch (error) {
    const shown = await page.locator("body").innerText().catch(() => "");
    answer = { error: `${error.stack}\nthe page at ${page.url()}:\n${shown}` };
  }
  process.stdout.write(`${JSON.stringify({ number, ...answer })}\n`);
}
await browser.close();
process.exit(0); // whatever a script has left open
