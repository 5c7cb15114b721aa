"""Idle cost: silent agents, and what `oma` and its clients use while nothing happens.

    python tests/bench/idle.py [--agents 50] [--plain 0] [--settle 5] [--seconds 20]

`--plain` adds windows in which a shell waits and no agent is. Prints the share of one core, per process group, and the context switches of `oma` itself: a timer
that fires when nothing is due would show there.
"""

import argparse
import json
import time

import psutil
from private_server import private_server

CPUCLOCK_SCHED = 2

CONFIG = "[health]\nidle_warning = 5\nidle_critical = 8\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", type=int, default=50)
    parser.add_argument("--plain", type=int, default=0)
    parser.add_argument("--settle", type=float, default=5)
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    with private_server() as server:
        config = server.folder / "config.toml"
        config.write_text(CONFIG)
        for number in range(options.plain):
            start = (
                ("new-window", "-d", "-t", "work:")
                if number
                else ("new-session", "-d", "-s", "work")
            )
            server.tmux(*start, "sh")
        for number in range(options.agents):
            server.tmux("new-session", "-d", "-s", f"oma-agent-{number}", "exec sleep 86400")
        with server.oma("--config", config, "watch", "--json", stdout=-1, text=True) as watch:
            measure(server, watch, options)


def measure(server, watch, options):
    stuck = set()
    while len(stuck) < options.agents:  # until every agent has reached its last deadline
        found = json.loads(watch.stdout.readline())
        if found["to"] == "stuck":
            stuck.add(found["agent"])
    time.sleep(options.settle)
    oma = psutil.Process(watch.pid)
    clients = oma.children(recursive=True)
    groups = {
        "oma": [oma],
        f"{len(clients)} clients": clients,
        "tmux server": [psutil.Process(server.pid())],
    }
    before = {name: spent(group) for name, group in groups.items()}
    switches = oma.num_ctx_switches()
    time.sleep(options.seconds)
    after = oma.num_ctx_switches()
    for name, group in groups.items():
        used_s = spent(group) - before[name]
        print(f"{name:>12}: {100 * used_s / options.seconds:.3f} % of a core")
    print(
        f"context switches of oma in {options.seconds:g} s: "
        f"{after.voluntary - switches.voluntary} voluntary, "
        f"{after.involuntary - switches.involuntary} involuntary; "
        f"RSS {oma.memory_info().rss / 1e6:.0f} MB"
    )


def spent(group):
    """Return the seconds of the processor, by the clock that the kernel keeps of each process: elsewhere it tells hundredths."""
    return sum(time.clock_gettime(~process.pid << 3 | CPUCLOCK_SCHED) for process in group)


if __name__ == "__main__":
    main()
