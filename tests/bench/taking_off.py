"""What tmux feels while `oma` takes its clients off agents that work steadily: the slowest answer of each second.

    python tests/bench/taking_off.py [--agents 200] [--seconds 40]

The agents repaint a line ten times a second; `oma watch` begins at second 0.
"""

import argparse
import subprocess
import time

from private_server import private_server
from round_trip import painting

EVERY_S = 0.25


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=40)
    options = parser.parse_args()
    with private_server() as server:
        for number in range(options.agents):
            server.tmux("new-session", "-d", "-s", f"oma-agent-{number}", "exec sleep 86400")
        ttys = server.tmux("list-panes", "-a", "-F", "#{pane_tty}").split()
        with painting(ttys):
            time.sleep(2)
            with server.oma("watch", "--json", stdout=subprocess.DEVNULL):
                slowest = slowest_ms(server, options.seconds)
    print(f"{options.agents} agents, slowest answer in ms from second 0 on:")
    print(" ".join(f"{slowest.get(second, 0):.0f}" for second in range(int(options.seconds))))


def slowest_ms(server, seconds):
    """Return for each second how long the slowest command took that began in it."""
    slowest, began_s = {}, time.monotonic()
    while (passed_s := time.monotonic() - began_s) < seconds:
        server.tmux("display-message", "-p", "x")
        took_ms = (time.monotonic() - began_s - passed_s) * 1000
        slowest[int(passed_s)] = max(took_ms, slowest.get(int(passed_s), 0))
        time.sleep(EVERY_S)
    return slowest


if __name__ == "__main__":
    main()
