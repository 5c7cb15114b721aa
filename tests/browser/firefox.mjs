// Debian's own Firefox at the other end of a pipe, by WebDriver BiDi; as driver.mjs, but with puppeteer's `page`.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const [firefox_path, ui] = process.argv.slice(2);
const puppeteer = createRequire(`${ui}/package.json`)("puppeteer-core");
const PATIENCE_MS = 100_000; // a first start makes a profile
const Script = Object.getPrototypeOf(async () => undefined).constructor;

const browser = await puppeteer.launch({ browser: "firefox", executablePath: firefox_path, headless: true, timeout: PATIENCE_MS });
const page = await browser.newPage();
page.setDefaultTimeout(PATIENCE_MS);
await page.setViewport({ width: 1280, height: 800 });

for await (const line of createInterface({ input: process.stdin })) {
  const { number, script, given } = JSON.parse(line);
  let answer;
  try {
    answer = { value: (await new Script("page", "given", script)(page, given)) ?? null };
  } catch (error) {
    const shown = await page.evaluate(() => document.body.innerText).catch(() => "");
    answer = { error: `${error.stack}\nthe page at ${page.url()}:\n${shown}` };
  }
  process.stdout.write(`${JSON.stringify({ number, ...answer })}\n`);
}
await browser.close();
process.exit(0); // whatever a script has left open
