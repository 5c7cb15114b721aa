"""What tmux feels beside many busy agents: how soon it answers, and how soon a key arrives.

    python tests/bench/round_trip.py [--agents 100 200 300] [--seconds 15] [--config FILE]

Each agent repaints a line of 130 bytes ten times a second. Asked is `tmux display-message -p x`, a process each time; typed is
`tmux send-keys` to one more agent, until its program has read the key. First alone, then beside `oma watch --json`, which
has had `--settle` seconds by then. CPU time is in percent of one core. Ratios within one run hold; figures of two runs do not.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager

import psutil
from private_server import private_server

from oma.bench.workload import Play
from oma.runtime.process_tree import usage_of

EVERY_S = 0.05


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", type=int, nargs="+", default=[100, 200, 300])
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--settle", type=float, default=20)
    parser.add_argument("--config")
    options = parser.parse_args()
    print(
        "agents           asked p50    p99   typed p50    p99 ms   server  oma  % of a core  load"
    )
    for agents in options.agents:
        with private_server() as server:
            measure(server, agents, options)


def measure(server, agents, options):
    for number in range(agents):
        server.tmux("new-session", "-d", "-s", f"oma-agent-{number}", "exec sleep 86400")
    ttys = server.tmux("list-panes", "-a", "-F", "#{pane_tty}").split()
    keys = server.folder / "keys"
    os.mkfifo(keys)
    reader = f"stty raw -echo; exec cat > {keys}"
    server.tmux("new-session", "-d", "-s", "oma-agent-typed", f"sh -c '{reader}'")
    pressed = os.open(keys, os.O_RDONLY)
    with painting(ttys), os.fdopen(pressed, "rb", buffering=0) as typed:
        time.sleep(3)
        alone = row(server, None, typed, options.seconds)
        show(f"{agents} alone", alone, None)
        config = ("--config", options.config) if options.config else ()
        with server.oma(*config, "watch", "--json", stdout=subprocess.DEVNULL) as watch:
            time.sleep(options.settle)
            watched = row(server, watch.pid, typed, options.seconds)
            show(f"{agents} watched", watched, alone)


@contextmanager
def painting(ttys):
    play = Play(painters=tuple(ttys), failing=(), visible_s=0, clear_s=0, seconds=1e6)
    argv = [sys.executable, "-m", "oma.bench.workload", play.as_json()]
    painter = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        painter.terminate()
        painter.wait()


def row(server, oma, typed, seconds):
    """Return the answers and keys in ms, and what the server and `oma` used."""
    pids = [] if oma is None else [oma]
    groups = [server.pid()], pids
    clients = len(psutil.Process(oma).children(recursive=True)) if oma else 0
    before, began_s = [usage_of(each).cpu_s for each in groups], time.monotonic()
    asked_ms, typed_ms = [], []
    while time.monotonic() - began_s < seconds:
        for times, command in (
            (asked_ms, ("display-message", "-p", "x")),
            (typed_ms, ("send-keys", "-t", "oma-agent-typed:", "x")),
        ):
            start_s = time.monotonic()
            server.tmux(*command)
            if times is typed_ms:
                typed.read(1)
            times.append((time.monotonic() - start_s) * 1000)
            time.sleep(EVERY_S / 2)
    elapsed_s = time.monotonic() - began_s
    after = [usage_of(each).cpu_s for each in groups]
    used = [100 * (b - a) / elapsed_s for a, b in zip(before, after, strict=True)]
    return asked_ms, typed_ms, used, clients


def show(name, row, alone):
    asked, typed, (server, oma), clients = row
    figures = [value for times in (asked, typed) for value in (p(times, 50), p(times, 99))]
    text = "{:9.1f} {:6.1f}   {:9.1f} {:6.1f}".format(*figures)
    load = os.getloadavg()[0]
    print(
        f"{name:<14} {text}   {server:6.1f} {oma:6.1f}  {clients} clients  {load:.1f}", flush=True
    )
    if alone is not None:
        before = [p(times, each) for times in alone[:2] for each in (50, 99)]
        ratios = "  ".join(f"{a / b:.2f}" for a, b in zip(figures, before, strict=True))
        print(f"               x alone: {ratios}; server +{server - alone[2][0]:.1f} points")


def p(times, percent):
    return statistics.quantiles(times, n=100)[percent - 1]


if __name__ == "__main__":
    main()
