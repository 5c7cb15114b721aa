"""How soon the page is there, in Chromium: the login form on a slow line and a slow processor, and the list of agents after a reload.

    python tests/bench/page_load.py [--agents 60] [--tries 5] [--kbit 1600] [--latency 150] [--slower 4]

The login form is loaded as on a first visit, with nothing kept, at 1.6 Mbit/s with 150 ms for each round trip and a quarter of the
processor, as Chromium's developer tools slow a page down. The list is loaded again as it is, with the page's files kept. Prints the
time from the beginning of the navigation to the frame that has the form, or every card, and what was loaded, as it was transferred.
"""

import argparse
import os
import sys
import time
from pathlib import Path

from private_server import private_server, spread

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.browser.conftest import _chromium, driven
from tests.browser.pages import OPEN

LOADED = """
const loaded = async (script, go) => {
  const tab = await context.newPage();
  await tab.addInitScript(`(${(isThere) => {
    window.there = new Promise((resolve) => {
      const drawn = () => requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
      const observer = new MutationObserver(() => {
        if (!isThere()) return;
        observer.disconnect();
        drawn();
      });
      observer.observe(document, { childList: true, subtree: true });
    });
  }})(${script})`);
  await go(tab);
  const ms = await tab.evaluate(() => window.there);
  const bytes = await tab.evaluate(() =>
    [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
      .reduce((sum, each) => sum + each.transferSize, 0));
  await tab.close();
  return [ms, bytes];
};
"""

FORM = """
return loaded("() => document.querySelector('form input[type=password]') !== null", async (tab) => {
  const tools = await context.newCDPSession(tab);
  await tools.send("Network.enable");
  await tools.send("Network.emulateNetworkConditions", {
    offline: false, latency: given.latency, downloadThroughput: given.kbit * 125, uploadThroughput: given.kbit * 125,
  });
  await tools.send("Emulation.setCPUThrottlingRate", { rate: given.slower });
  await tab.goto(given.origin);
});
"""

CARDS = """
return loaded(`() => document.querySelector("[data-agent]") !== null
  && Array.from(document.querySelectorAll(".count"), (each) => Number(each.textContent)).reduce((sum, each) => sum + each, 0) >= ${given.agents}`, (tab) => tab.goto(given.origin));
"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", type=int, default=60)
    parser.add_argument("--tries", type=int, default=5)
    parser.add_argument("--kbit", type=int, default=1600)
    parser.add_argument("--latency", type=int, default=150)
    parser.add_argument("--slower", type=int, default=4)
    options = parser.parse_args()
    with private_server() as server:
        for number in range(options.agents):
            size = ("-x", "80", "-y", "24")
            server.tmux("new-session", "-d", *size, "-s", f"oma-agent-{number}", "cat")
        server.environ["HOME"] = str(server.folder)
        with (
            server.oma("web", "--port", "0", stdout=-1, text=True) as web,
            driven("driver.mjs", _chromium()) as browser,
        ):
            address = next(line.split()[1] for line in web.stdout if line.startswith("open "))
            given = {**vars(options), "origin": address.partition("/login")[0]}
            time.sleep(2)  # until it has read what there is
            print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
            forms = []
            for _ in range(options.tries):
                browser.fresh()
                forms.append(browser.run(LOADED + FORM, **given))
            slow = f"{options.kbit / 1000} Mbit/s, {options.latency} ms, a processor {options.slower} times slower"
            report(f"login form, {slow}", forms)
            browser.run(OPEN, login=address)
            report(
                f"{options.agents} cards after a reload",
                [browser.run(LOADED + CARDS, **given) for _ in range(options.tries)],
            )


def report(what, taken):
    took_ms, loaded_bytes = zip(*taken, strict=True)
    print(f"{what}: {spread(took_ms, 'ms')}; {max(loaded_bytes) / 1000:.1f} kB", flush=True)


if __name__ == "__main__":
    main()
