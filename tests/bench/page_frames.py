"""Whether the page draws each frame while many agents are scrolled through and filtered, in Chromium.

    python tests/bench/page_frames.py [--agents 200] [--busy 50] [--seconds 5]

Agents are panes of a private tmux server, some of which print five times a second; `oma web` shows them. The page scrolls by a
screen in a few frames, and has its filter typed and taken back. Prints, for cards, rows and previews, how many frames there were and
how far apart, and how much processor time the page's main thread took for the longest of its tasks: a frame is dropped by whoever
takes more than 16.7 ms, and on a loaded machine by the others.
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
const frames = async (act) => {
  await browser.startTracing(page, { categories: ["toplevel", "disabled-by-default-devtools.timeline"] });
  const gaps = await page.evaluate(async ([act, ms]) => {
    const list = document.querySelector(".list");
    const field = document.querySelector("#filter");
    const gaps = [];
    let frame = 0;
    let last = performance.now();
    const end = last + ms;
    while (last < end) {
      const at = await new Promise(requestAnimationFrame);
      gaps.push(performance.now() - last);
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
    return gaps;
  }, [act, given.ms]);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const mains = new Set(traceEvents.filter((each) => each.name === "thread_name" && each.args.name === "CrRendererMain").map((each) => `${each.pid} ${each.tid}`));
  const tasks = traceEvents
    .filter((each) => mains.has(`${each.pid} ${each.tid}`) && /RunTask$/.test(each.name))
    .map((each) => (each.tdur ?? 0) / 1000)
    .sort((a, b) => b - a);
  gaps.sort((a, b) => a - b);
  const at = (part) => gaps[Math.floor(gaps.length * part)]?.toFixed(1);
  return `${gaps.length} frames, apart p50 ${at(0.5)} p95 ${at(0.95)} most ${gaps.at(-1).toFixed(1)} ms, later than 25 ms ${gaps.filter((gap) => gap > 25).length}; `
    + `tasks above 16.7 ms of the processor ${tasks.filter((each) => each > 16.7).length}, longest ${(tasks[0] ?? 0).toFixed(1)}, ${(tasks[1] ?? 0).toFixed(1)} ms, ${(tasks.reduce((sum, each) => sum + each, 0) / gaps.length).toFixed(2)} ms each frame`;
};
await page.waitForFunction((count) => document.querySelectorAll("[data-agent]").length >= count, given.agents);
const told = [];
for (const density of ["cards", "rows", "previews"]) {
  await page.locator(`.cards[data-density=${density}]`).first().waitFor();
  for (const act of ["scroll", "filter"]) told.push(`${density}, ${act}: ${await frames(act)}`);
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
