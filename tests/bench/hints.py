"""What the tmux server takes for one expansion of the subscription that it expands every second.

    python tests/bench/hints.py [--agents 100] [--tries 40]

Asked for by a process each time, a tenth of a second apart, as caches are cold then, too, when a second has passed; what it takes to ask for nothing is
taken off. CPU time of the server. For another tree: `PYTHONPATH=TREE`.
"""

import argparse
import os
import statistics
import time

from private_server import private_server

from oma.runtime.process_tree import usage_of
from oma.tmux.queries.hints import ACTIVITY_SUBSCRIPTION, HINTS_SUBSCRIPTION

FORMATS = {"nothing": "x", "activity": ACTIVITY_SUBSCRIPTION, "hints": HINTS_SUBSCRIPTION}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", type=int, default=100)
    parser.add_argument("--tries", type=int, default=40)
    options = parser.parse_args()
    with private_server() as server:
        for number in range(options.agents):
            server.tmux("new-session", "-d", "-s", f"oma-agent-{number}", "exec sleep 86400")
        found_ms = {name: [] for name in FORMATS}
        for _ in range(options.tries):
            for name, text in FORMATS.items():
                found_ms[name].append(expanded_ms(server, text))
    nothing_ms = statistics.median(found_ms.pop("nothing"))
    print(f"load {os.getloadavg()[0]:.1f}")
    for name, taken_ms in found_ms.items():
        print(f"{name:>9}: median {statistics.median(taken_ms) - nothing_ms:.2f} ms")


def expanded_ms(server, text):
    pid = server.pid()
    before_s = usage_of([pid]).cpu_s
    server.tmux("display-message", "-p", text)
    time.sleep(0.1)
    return 1000 * (usage_of([pid]).cpu_s - before_s)


if __name__ == "__main__":
    main()
