"""Whether the page draws each frame while many agents are scrolled through and filtered, in Chromium.

    python tests/bench/page_frames.py [--agents 200] [--busy 50] [--seconds 5]

Agents are panes of a private tmux server, some of which print five times a second; `oma web` shows them. The page scrolls by a
screen in a few frames, and has its filter typed and taken back. Prints, for cards, rows and previews, how many frames there were and
how far apart; what the page's main thread took of the processor for each, and for the longest of its tasks. A late frame for which it
took more than 16.7 ms is the page's; the others are the machine's, which draws without a graphics card beside tmux and the agents.
"""

import argparse
import os
import sys
from pathlib import Path

from private_server import private_server

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.browser.conftest import _chromium, driven
from tests.browser.pages import OPEN

PRINTS = "n=0; while sleep 0.2; do n=$((n + 1)); echo reading page $n of the manual; done"

MEASURED = """
const BUDGET_MS = 1000 / 60;
const LATE_MS = 25;

// Of each frame: what the main thread took of the processor since the one before, and for the longest task of that.
const works = (events) => {
  const named = (name) => events.filter((each) => each.name === name);
  const mains = new Set(named("thread_name").filter((each) => each.args.name === "CrRendererMain").map((each) => each.tid));
  const tasks = named("ThreadControllerImpl::RunTask").filter((each) => mains.has(each.tid));
  tasks.sort((a, b) => a.ts - b.ts);
  const drawn = named("FireAnimationFrame").map((each) => each.ts).sort((a, b) => a - b);
  const frames = [];
  let work = { sum: 0, longest: 0 };
  for (const { ts, dur, tdur } of tasks) {
    const took = (tdur ?? 0) / 1000;
    work = { sum: work.sum + took, longest: Math.max(work.longest, took) };
    if (!drawn.some((at) => at >= ts && at <= ts + dur)) continue;
    frames.push({ ...work, at_ms: ts / 1000 });
    work = { sum: 0, longest: 0 };
  }
  return frames.map((frame, n) => ({ ...frame, gap: n === 0 ? 0 : frame.at_ms - frames[n - 1].at_ms })).slice(1);
};

const words = (frames) => {
  const spread = (what) => {
    const all = frames.map((frame) => frame[what]).sort((a, b) => a - b);
    const at = (part) => all[Math.min(all.length - 1, Math.floor(all.length * part))].toFixed(1);
    return `p50 ${at(0.5)} p95 ${at(0.95)} most ${at(1)} ms`;
  };
  const late = frames.filter((frame) => frame.gap > LATE_MS);
  const over = frames.filter((frame) => frame.sum > BUDGET_MS);
  return `${frames.length} frames; work of each: ${spread("sum")}, above 16.7 ms ${over.length}; longest task of each: ${spread("longest")}; `
    + `apart: ${spread("gap")}, later than 25 ms ${late.length}, of these with work above 16.7 ms ${late.filter((frame) => over.includes(frame)).length}`;
};

const frames = async (act) => {
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline"] });
  await page.evaluate(async ([act, ms]) => {
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
  return words(works(traceEvents));
};
await page.waitForFunction((count) => document.querySelectorAll("[data-agent]").length >= count, given.agents);
const told = [];
for (const density of ["cards", "rows", "previews"]) {
  await page.locator(`.cards[data-density=${density}]`).first().waitFor();
  for (const act of ["scroll", "filter"]) {
    await page.locator("#filter").fill("");
    await page.waitForFunction((count) => document.querySelectorAll("[data-agent]").length >= count, given.agents);
    told.push(`${density}, ${act}: ${await frames(act)}`);
  }
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("v");
}
return told;
"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", type=int, default=200)
    parser.add_argument("--busy", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=5)
    options = parser.parse_args()
    with private_server() as server:
        for number in range(options.agents):
            command = PRINTS if number < options.busy else "cat"
            size = ("-x", "80", "-y", "24")
            server.tmux("new-session", "-d", *size, "-s", f"oma-agent-{number}", command)
        server.environ["HOME"] = str(server.folder)
        with (
            server.oma("web", "--port", "0", stdout=-1, text=True) as web,
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
