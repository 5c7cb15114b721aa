"""Whether the page draws each frame while many agents are scrolled through and filtered, in Chromium.

    python tests/bench/page_frames.py [--agents 200] [--busy 50] [--changing 2] [--seconds 5]

Agents are panes of a private tmux server: some print five times a second, some fail and recover four times a second, so that their
cards move between the groups. `oma web` shows them. The page scrolls by a screen in a few frames, and has its filter typed and taken
back; a wheel is turned; `j` and `k` are pressed, one in each frame. Prints, for cards, rows and previews, in groups by need and with a
group for each session: how many frames there were, what the page's main thread took of the processor for each (script, style, layout
and paint, with the few lines that scroll and type), for how many more than 16.7 ms, which are the frames that the page itself drops,
and for the longest of its tasks; and how many frames of sixty a second were dropped in all.

The last says as much of the machine, which draws without a graphics card beside tmux and the agents. So a still copy of each view is
scrolled alike before it: a page of plain text without any script of `oma`, beside the same server and agents.
"""

import argparse
import os
import sys
from pathlib import Path

from private_server import private_server
from web import FAILS

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.browser.conftest import _chromium, driven
from tests.browser.pages import OPEN

PRINTS = "n=0; while sleep 0.2; do n=$((n + 1)); echo reading page $n of the manual; done"

MEASURED = """
const BUDGET_MS = 1000 / 60;
const browser = context.browser();

// Of each frame: what the main thread took of the processor since the one before, and for the longest task of that.
const works = (events) => {
  const named = (name) => events.filter((each) => each.name === name);
  const of = (each) => `${each.pid} ${each.tid}`;
  const mains = new Set(named("thread_name").filter((each) => each.args.name === "CrRendererMain").map(of));
  const frames = named("FireAnimationFrame").filter((each) => mains.has(of(each))).sort((a, b) => a.ts - b.ts);
  const tasks = named("ThreadControllerImpl::RunTask").filter((each) => of(each) === of(frames[0])).sort((a, b) => a.ts - b.ts);
  const found = [];
  let next = 0;
  let work = { sum: 0, longest: 0 };
  for (const { ts, dur, tdur } of tasks) {
    const took = (tdur ?? 0) / 1000;
    work = { sum: work.sum + took, longest: Math.max(work.longest, took) };
    const first = next;
    while (next < frames.length && frames[next].ts <= ts + dur) next += 1;
    if (next === first) continue;
    found.push({ ...work, at_ms: ts / 1000 });
    work = { sum: 0, longest: 0 };
  }
  return found.map((frame, n) => ({ ...frame, gap: n === 0 ? 0 : frame.at_ms - found[n - 1].at_ms })).slice(1);
};

const spread = (frames, what) => {
  const all = frames.map((frame) => frame[what]).sort((a, b) => a - b);
  const at = (part) => all[Math.min(all.length - 1, Math.floor(all.length * part))].toFixed(1);
  return `p50 ${at(0.5)} p95 ${at(0.95)} most ${at(1)} ms`;
};

// Of somebody at the page: a wheel that turns to and fro, or keys from card to card and back.
const hands = {
  wheel: (turn) => page.mouse.wheel(0, Math.floor(turn / 120) % 2 === 0 ? 120 : -120),
  keys: (turn) => page.keyboard.press(Math.floor(turn / 40) % 2 === 0 ? "j" : "k"),
};

const moved = async (hand) => {
  await page.mouse.move(400, 400);
  const end = Date.now() + given.ms;
  for (let turn = 0; Date.now() < end; turn += 1) {
    await hand(turn);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
};

const measured = async (act) => {
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline"] });
  const hand = hands[act];
  if (hand !== undefined) await moved(hand);
  else await page.evaluate(async ([act, ms]) => {
    const list = document.querySelector(".list");
    const field = document.querySelector("#filter");
    let frame = 0;
    let last = performance.now();
    const end = last + ms;
    while (last < end) {
      await new Promise(requestAnimationFrame);
      last = performance.now();
      frame += 1;
      if (act === "scroll") {
        const down = Math.floor(frame / 120) % 2 === 0;
        list.scrollTop += down ? 120 : -120;
      } else if (frame % 8 === 0) {
        const words = ["a", "ag", "agent-1", "agent-12", "agent-1", "", "health:ok", ""];
        field.value = words[(frame / 8) % words.length];
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      }
    }
  }, [act, given.ms]);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const frames = works(traceEvents);
  const over = frames.filter((frame) => frame.sum > BUDGET_MS).length;
  const dropped = frames.reduce((sum, { gap }) => sum + Math.max(0, Math.round(gap / BUDGET_MS) - 1), 0);
  return { over, dropped, words: `${frames.length} frames; work of each: ${spread(frames, "sum")}, above 16.7 ms ${over}; `
    + `longest task of each: ${spread(frames, "longest")}; ${dropped} dropped` };
};

// The page as it stands, with so many cards, as text without any script.
const still = (count) => page.evaluate((count) => {
  const copy = document.body.cloneNode(true);
  const cards = Array.from(copy.querySelectorAll(".cards > [data-key]"));
  copy.querySelectorAll(".space, script").forEach((each) => each.remove());
  const grid = Array.from(copy.querySelectorAll(".cards")).at(-1);
  for (let n = cards.length; n < count; n += 1) grid.append(cards[n % cards.length].cloneNode(true));
  const style = Array.from(document.styleSheets, (sheet) => Array.from(sheet.cssRules, (rule) => rule.cssText).join("")).join("");
  return `<!doctype html><style>${style}</style><body>${copy.innerHTML}`;
}, count);

const isAllThere = (count) => Array.from(document.querySelectorAll(".count"), (each) => Number(each.textContent)).reduce((sum, each) => sum + each, 0) >= count;
const acts = ["scroll", "filter", "wheel", "keys"];
const told = [];
const origin = page.url();
let all = { over: 0, dropped: 0, still: 0 };
for (const grouping of ["need", "session"]) {
  for (const density of ["cards", "rows", "previews"]) {
    const shown = async () => {
      await page.evaluate((kept) => kept.forEach(([key, value]) => localStorage.setItem(`oma.${key}`, value)), [["grouping", grouping], ["density", density]]);
      await page.goto("about:blank");
      await page.goto(origin);
      await page.waitForFunction(isAllThere, given.agents);
      await page.locator(`.cards[data-density=${density}] [data-agent]`).first().waitFor();
      await page.waitForTimeout(1000); // previews are read
    };
    await shown();
    const content = await still(given.agents);
    await page.goto("about:blank");
    await page.setContent(content);
    const reference = await measured("scroll");
    told.push(`${density} by ${grouping}, still copy, scroll: ${reference.words}`);
    await page.goto(origin);
    await shown();
    for (const act of acts) {
      const found = await measured(act);
      told.push(`${density} by ${grouping}, ${act}: ${found.words}`);
      all = { over: all.over + found.over, dropped: all.dropped + found.dropped / acts.length, still: all.still };
    }
    all.still += reference.dropped;
  }
}
told.push(`frames with work above 16.7 ms: ${all.over}; dropped in as many seconds: ${all.dropped.toFixed(0)} by the page and the machine, ${all.still} of the still copy`);
return told;
"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", type=int, default=200)
    parser.add_argument("--busy", type=int, default=50)
    parser.add_argument("--changing", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=5)
    options = parser.parse_args()
    with private_server() as server:
        (server.folder / "fails.py").write_text(FAILS)
        (server.folder / "config.toml").write_text("[health]\nerror_settle = 0\n")
        changes = f"{sys.executable} {server.folder}/fails.py"
        commands = [changes] * options.changing + [PRINTS] * options.busy
        for number in range(options.agents):
            command = commands[number] if number < len(commands) else "cat"
            size = ("-x", "80", "-y", "24")
            server.tmux("new-session", "-d", *size, "-s", f"oma-agent-{number}", command)
        server.environ["HOME"] = str(server.folder)
        config = server.folder / "config.toml"
        with (
            server.oma("--config", config, "web", "--port", "0", stdout=-1, text=True) as web,
            driven("driver.mjs", _chromium()) as browser,
        ):
            address = next(line.split()[1] for line in web.stdout if line.startswith("open "))
            browser.run(OPEN, login=address)
            print(
                f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, {options.agents} agents"
            )
            given = {"agents": options.agents, "ms": options.seconds * 1000}
            print("\n".join(browser.run(MEASURED, **given)))


if __name__ == "__main__":
    main()
