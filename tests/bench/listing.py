"""Listing: from the first screen of an agent in somebody's pane to the line that tells of it.

    python tests/bench/listing.py [--shells 50] [--tries 40] [--named]

The agent calls itself `claude`, as the program does, and paints a prompt at once. It is started
from a shell in one of many windows, and ended again. Where windows are named by the user, tmux renames
none as the agent starts.
"""

import argparse
import json
import statistics
import time

from private_server import private_server, spread

SCREEN = r"\033[2J\033[H────────────────\n> \n────────────────\n  ? for shortcuts\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--shells", type=int, default=50)
    parser.add_argument("--tries", type=int, default=40)
    parser.add_argument("--named", action="store_true", help="windows keep their names")
    options = parser.parse_args()
    with private_server() as server:
        server.tmux("new-session", "-d", "-s", "work", "-x", "120", "-y", "40", "sh")
        server.tmux("set", "-g", "automatic-rename", "off" if options.named else "on")
        for _ in range(options.shells):
            server.tmux("new-window", "-d", "-t", "work:", "sh")
        agent, painted = server.folder / "agent", server.folder / "painted"
        agent.write_text(f"printf '{SCREEN}'; date +%s.%N > {painted}.new\n"
                         f"mv {painted}.new {painted}; read line\n")  # fmt: skip
        with server.oma("watch", "--json", stdout=-1, text=True) as watch:
            while not server.tmux("list-clients"):
                time.sleep(0.1)
            time.sleep(2)
            listed_ms = [
                listed_after_ms(server, watch, agent, painted, number)
                for number in range(options.tries)
            ]
    p95 = statistics.quantiles(listed_ms, n=20)[-1]
    print(f"{options.shells} shells: listed after {spread(listed_ms, 'ms')}, p95 {p95:.1f}")


def listed_after_ms(server, watch, agent, painted, number):
    """Start an agent in the last window, and return how long after its screen it was told of."""
    server.tmux("send-keys", "-t", "work:{end}", f"bash -c 'exec -a claude bash {agent}'", "Enter")
    wait_for(watch, "exited", False)
    told_s = time.time()
    while not painted.exists():  # it is known by its command a moment before
        time.sleep(0.01)
    shown_s = float(painted.read_text())
    painted.unlink()
    server.tmux("send-keys", "-t", "work:{end}", "x", "Enter")
    wait_for(watch, "exited", True)
    # Not in step with what tmux tells once a second.
    time.sleep(0.5 + 0.137 * (number % 8))
    return (told_s - shown_s) * 1000


def wait_for(watch, health, wanted):
    for line in watch.stdout:
        if (json.loads(line)["to"] == health) is wanted:
            return
    raise SystemExit("oma ended")


if __name__ == "__main__":
    main()
