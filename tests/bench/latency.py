"""Detection latency: a line with an error pattern is written, its transition is on stdout.

    python tests/bench/latency.py [--tries 200] [--panes 20]

On a private tmux server, one scripted pane prints `error <n>` and notes the machine's monotonic
time just before; `oma watch --json` (settle time 0) prints the transition, and its arrival at this
script is noted. Other panes repaint ten times a second meanwhile. Prints milliseconds.
"""

import argparse
import json
import os
import queue
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

CONFIG = "[health]\nerror_settle = 0\n"

PAINTER = r"""
import sys, time
n = 0
while True:
    n += 1
    sys.stdout.write(f"\r\x1b[K{'|/-'[n % 3]} working {n} tokens \x1b[32m{n * 7}\x1b[0m" + "." * 80)
    sys.stdout.flush()
    time.sleep(0.1)
"""

WRITER = r"""
import sys, time
for line in sys.stdin:
    text = line.strip()
    sys.stdout.write("\x1b[2J\x1b[H")
    if text != "clear":
        sys.stdout.write(f"error: try {text} at {time.monotonic_ns()}\r\n")
    else:
        sys.stdout.write("all is well\r\n")
    sys.stdout.flush()
"""


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server goes with us
    parser = argparse.ArgumentParser()
    parser.add_argument("--tries", type=int, default=200)
    parser.add_argument("--panes", type=int, default=20)
    options = parser.parse_args()
    environ = {k: v for k, v in os.environ.items() if not k.startswith("TMUX")}
    with tempfile.TemporaryDirectory(prefix="oma-bench-") as folder:
        socket = f"{folder}/s"
        config = Path(folder, "config.toml")
        config.write_text(CONFIG)
        Path(folder, "painter.py").write_text(PAINTER)
        Path(folder, "writer.py").write_text(WRITER)

        def tmux(*arguments):
            return subprocess.run(
                ["tmux", "-f", "/dev/null", "-S", socket, *arguments],
                check=True,
                capture_output=True,
                text=True,
                env=environ,
            ).stdout

        new = ("new-session", "-d", "-x", "120", "-y", "40", "-s")
        try:
            for number in range(options.panes):
                tmux(*new, f"oma-agent-p{number}", f"exec {sys.executable} {folder}/painter.py")
            tmux(*new, "oma-agent-w", f"stty -echo; exec {sys.executable} {folder}/writer.py")
            report(measure(tmux, socket, config, options.tries, environ), options)
        finally:
            subprocess.run(["tmux", "-S", socket, "kill-server"], check=False, env=environ)


def measure(tmux, socket, config, tries, environ):
    watch = subprocess.Popen(
        [sys.executable, "-m", "oma", "-S", socket, "--config", str(config), "watch", "--json"],
        stdout=subprocess.PIPE,
        text=True,
        env=environ,
    )
    arrivals = queue.SimpleQueue()
    threading.Thread(target=keep_arrivals, args=(watch.stdout, arrivals), daemon=True).start()
    latencies_ms = []
    try:
        next_of(arrivals, None)
        time.sleep(2)
        for number in range(tries):
            tmux("send-keys", "-t", "oma-agent-w", f"{number}", "Enter")
            stuck, arrived_ns = next_of(arrivals, "stuck")
            written_ns = int(stuck["evidence"].split()[4])
            latencies_ms.append((arrived_ns - written_ns) / 1e6)
            tmux("send-keys", "-t", "oma-agent-w", "clear", "Enter")
            next_of(arrivals, "ok")
    finally:
        watch.terminate()
        watch.wait()
    return latencies_ms


def keep_arrivals(stdout, arrivals):
    """Note when each line arrives, whatever the rest of this script is doing."""
    for line in stdout:
        arrivals.put((line, time.monotonic_ns()))
    arrivals.put(("", 0))


def next_of(arrivals, health):
    while True:
        line, arrived_ns = arrivals.get()
        if not line:
            raise SystemExit("oma ended")
        found = json.loads(line)
        if found["agent"] == "oma-agent-w" and (health is None or found["to"] == health):
            return found, arrived_ns


def report(latencies_ms, options):
    ordered = sorted(latencies_ms)

    def at(share):
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    print(
        f"{len(ordered)} tries beside {options.panes} panes at 10 frames/s: "
        f"min {ordered[0]:.2f}  p50 {statistics.median(ordered):.2f}  p90 {at(0.9):.2f}  "
        f"p99 {at(0.99):.2f}  max {ordered[-1]:.2f} ms"
    )


if __name__ == "__main__":
    main()
