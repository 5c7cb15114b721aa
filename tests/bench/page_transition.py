"""How soon a page shows that an agent is another: from what the agent prints to its card, in Chromium.

    python tests/bench/page_transition.py [--agents 20] [--busy 10] [--seconds 20] [--rounds 2]

One agent fails and recovers four times a second, and writes the time of it into what it prints; others print five times a second, or
rest. `oma web` shows all of them. Prints how long it took from the print until the card says it, and until the frame with that card
was given to be drawn, which waits for the next of sixty a second.
"""

import argparse
import os
import statistics
import sys
from pathlib import Path

from page_frames import PRINTS
from private_server import private_server, spread
from web import FAILS

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.browser.conftest import _chromium, driven
from tests.browser.pages import OPEN

SEEN = """
await page.waitForFunction((count) => document.querySelectorAll("[data-agent]").length >= count, given.agents);
return page.evaluate(async (ms) => {
  const now = () => performance.timeOrigin + performance.now();
  const told = [];
  const drawn = [];
  let last = "";
  const look = () => {
    const words = document.querySelector("[data-agent=oma-agent-fails][data-health=stuck] q")?.textContent ?? "";
    const printed_ms = Number(/^Error .*: ([0-9.]+)$/.exec(words)?.[1]) * 1000;
    if (words === last || !(printed_ms > 0)) return;
    last = words;
    told.push(now() - printed_ms);
    requestAnimationFrame(() => setTimeout(() => drawn.push(now() - printed_ms)));
  };
  const observer = new MutationObserver(look);
  const all = { attributes: true, characterData: true, childList: true, subtree: true };
  look();
  told.length = 0; // printed before it was looked for
  observer.observe(document.body, all);
  await new Promise((done) => setTimeout(done, ms));
  observer.disconnect();
  return [told, drawn];
}, given.ms);
"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", type=int, default=20)
    parser.add_argument("--busy", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    with private_server() as server:
        (server.folder / "fails.py").write_text(FAILS)
        (server.folder / "config.toml").write_text("[health]\nerror_settle = 0\n")
        failing = f"{sys.executable} {server.folder}/fails.py"
        commands = [failing] + [
            PRINTS if number < options.busy else "cat" for number in range(options.agents - 1)
        ]
        for number, command in enumerate(commands):
            name = "oma-agent-fails" if number == 0 else f"oma-agent-{number}"
            server.tmux("new-session", "-d", "-x", "80", "-y", "24", "-s", name, command)
        server.environ["HOME"] = str(server.folder)
        config = ("--config", server.folder / "config.toml")
        with (
            server.oma(*config, "web", "--port", "0", stdout=-1, text=True) as web,
            driven("driver.mjs", _chromium()) as browser,
        ):
            address = next(line.split()[1] for line in web.stdout if line.startswith("open "))
            browser.run(OPEN, login=address)
            for _ in range(options.rounds):
                print(
                    f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, {options.agents} agents"
                )
                report(*browser.run(SEEN, agents=options.agents, ms=options.seconds * 1000))


def report(told_ms, drawn_ms):
    for what, taken in (("card says it", told_ms), ("drawn", drawn_ms)):
        if len(taken) < 2:
            sys.exit("the page showed no transition")
        p95 = statistics.quantiles(taken, n=20)[-1]
        print(
            f"  {what}: p95 {p95:.1f} ms, {spread(taken, 'ms')}",
            flush=True,
        )


if __name__ == "__main__":
    main()
