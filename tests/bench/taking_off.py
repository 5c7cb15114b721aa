"""What tmux feels while `oma` begins to watch many busy agents: the slowest answer of each second, alone and watched.

    python tests/bench/taking_off.py [--agents 200] [--seconds 40]

The agents repaint a line ten times a second; `oma watch` begins at second 0. Few have a client from the start; others get theirs, or
lose it, later. CPU time of the server, in percent of one core, says more than answers do where the machine has other things to do.
"""

import argparse
import os
import subprocess
import time

from private_server import private_server
from round_trip import p, painting

from oma.runtime.process_tree import usage_of

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
            print(f"{options.agents} agents, slowest answer in ms from second 0 on:")
            show("alone", server, options.seconds)
            with server.oma("watch", "--json", stdout=subprocess.DEVNULL):
                show("watched", server, options.seconds)


def show(name, server, seconds):
    """Measure, and print the slowest answer of each second, and what it comes to."""
    slowest, all_ms, began_s = {}, [], time.monotonic()
    used_s, most_clients = usage_of([server.pid()]).cpu_s, 0
    while (passed_s := time.monotonic() - began_s) < seconds:
        clients = server.tmux("list-clients", "-F", "x").count("x")
        took_ms = (time.monotonic() - began_s - passed_s) * 1000
        all_ms.append(took_ms)
        slowest[int(passed_s)] = max(took_ms, slowest.get(int(passed_s), 0))
        most_clients = max(clients, most_clients)
        time.sleep(EVERY_S)
    percent = 100 * (usage_of([server.pid()]).cpu_s - used_s) / (time.monotonic() - began_s)
    print(f"{name}:", *(f"{slowest.get(second, 0):.0f}" for second in range(int(seconds))))
    print(
        f"  p50 {p(all_ms, 50):.1f}  p99 {p(all_ms, 99):.1f} ms; server {percent:.1f} % of a core; "
        f"clients: {most_clients} at most, {clients} at the end; load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
