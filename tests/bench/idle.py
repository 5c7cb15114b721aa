"""Idle cost: silent agents, and what `oma` and its clients use while nothing happens.

    python tests/bench/idle.py [--agents 50] [--seconds 20]

Prints the share of one core, per process group, and the context switches of `oma` itself: a timer
that fires when nothing is due would show there.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

CONFIG = "[health]\nidle_warning = 5\nidle_critical = 8\n"


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server goes with us
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    environ = {k: v for k, v in os.environ.items() if not k.startswith("TMUX")}
    with tempfile.TemporaryDirectory(prefix="oma-bench-") as folder:
        socket = f"{folder}/s"
        config = Path(folder, "config.toml")
        config.write_text(CONFIG)

        def tmux(*arguments):
            command = ["tmux", "-f", "/dev/null", "-S", socket, *arguments]
            return subprocess.run(
                command, check=True, capture_output=True, text=True, env=environ
            ).stdout

        try:
            for number in range(options.agents):
                tmux("new-session", "-d", "-s", f"oma-agent-{number}", "exec sleep 86400")
            measure(tmux, socket, config, options, environ)
        finally:
            subprocess.run(["tmux", "-S", socket, "kill-server"], check=False, env=environ)


def measure(tmux, socket, config, options, environ):
    watch = subprocess.Popen(
        [sys.executable, "-m", "oma", "-S", socket, "--config", str(config), "watch", "--json"],
        stdout=subprocess.PIPE,
        text=True,
        env=environ,
    )
    try:
        stuck = set()
        for line in watch.stdout:  # until every agent has reached its last deadline
            found = json.loads(line)
            if found["to"] == "stuck":
                stuck.add(found["agent"])
            if len(stuck) == options.agents:
                break
        time.sleep(1)
        oma = psutil.Process(watch.pid)
        clients = oma.children(recursive=True)
        server = psutil.Process(int(tmux("display-message", "-p", "#{pid}")))
        groups = {"oma": [oma], f"{len(clients)} clients": clients, "tmux server": [server]}
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
    finally:
        watch.terminate()
        watch.wait()


def spent(group):
    return sum(sum(process.cpu_times()[:2]) for process in group)


if __name__ == "__main__":
    main()
