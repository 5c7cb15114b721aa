"""Pick-up: from the start of a tmux server to the first transition of an agent on it.

    python tests/bench/pickup.py [--tries 20]

`oma watch` waits while there is no server; a server is started with one agent, and killed.
"""

import argparse
import json
import time

from private_server import private_server, spread


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tries", type=int, default=20)
    options = parser.parse_args()
    picked_up_ms, ended_ms = [], []
    with (
        private_server() as server,
        server.oma("watch", "--json", stdout=-1, text=True) as watch,
    ):
        time.sleep(2)
        for number in range(options.tries):
            began_s = time.monotonic()
            server.tmux("new-session", "-d", "-s", f"oma-agent-{number}", "cat")
            wait_for(watch, f"oma-agent-{number}", "ok")
            picked_up_ms.append((time.monotonic() - began_s) * 1000)
            began_s = time.monotonic()
            server.end()
            wait_for(watch, f"oma-agent-{number}", "exited")
            ended_ms.append((time.monotonic() - began_s) * 1000)
            # Not in step with the looks of the watch, which are a quarter of a second apart.
            time.sleep(0.3 + 0.037 * (number % 7))
    print(f"a server that starts is picked up after {spread(picked_up_ms, 'ms')}")
    print(f"one that ends is told after {spread(ended_ms, 'ms')}")


def wait_for(watch, agent, health):
    for line in watch.stdout:
        found = json.loads(line)
        if (found["agent"], found["to"]) == (agent, health):
            return
    raise SystemExit("oma ended")


if __name__ == "__main__":
    main()
