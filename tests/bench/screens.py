"""The cost of screens: many agents that repaint, and a burst beside a verdict.

    python tests/bench/screens.py [--agents 100] [--frames 10] [--seconds 20] [--kind claude]

On a private tmux server, one writer paints into the terminals of all panes. Prints the CPU time of
`oma` as a share of one core, of its clients and of the tmux server, and the memory of `oma`; then how
long it takes from writing an error to its transition, alone and beside a burst in another pane.
"""

import argparse
import itertools
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

CONFIG = "[health]\nerror_settle = 0\n"
COLUMNS, ROWS = 120, 40
RULER = "─" * COLUMNS
SETTLE_S = 3

FRAMES = {
    "generic": (
        "",
        "\r\x1b[K\x1b[32m{spinner}\x1b[0m working on item {number} of many, and this goes on \x1b[1m"
        "until the line ends\x1b[0m " + "." * 30,
    ),
    "claude": (
        f"\x1b[2J\x1b[H● Some text\r\n\x1b[36;1H{RULER}\r\n❯ \r\n{RULER}\r\n  esc to interrupt",
        "\x1b[34;1H\x1b[K\x1b[33m{spinner}\x1b[0m Working… ({number}s · thinking)\x1b[37;3H",
    ),
}
"""For each kind of agent: what it paints once, and what it paints in every frame."""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", type=int, default=100)
    parser.add_argument("--frames", type=float, default=10, help="a second, of each agent")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--kind", choices=FRAMES, default="generic")
    parser.add_argument("--tries", type=int, default=20)
    parser.add_argument("--burst-bytes", type=int, default=1_000_000)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that `finally` runs
    with tempfile.TemporaryDirectory(prefix="oma-bench-") as folder:
        bench = Bench(Path(folder), options)
        try:
            bench.run()
        finally:
            bench.close()


class Bench:
    def __init__(self, folder, options):
        self.options = options
        self.folder = folder
        self.socket = folder / "s"
        self.environ = {k: v for k, v in os.environ.items() if not k.startswith(("TMUX", "OMA"))}
        self.oma = None
        self.news = threading.Condition()
        self.stuck = {}  # agent: when a stuck transition of it arrived
        self.known = set()

    def tmux(self, *arguments):
        command = ["tmux", "-f", "/dev/null", "-S", self.socket, *arguments]
        run = subprocess.run(command, check=True, capture_output=True, text=True, env=self.environ)
        return run.stdout.strip()

    def close(self):
        if self.oma is not None:
            self.oma.terminate()
            self.oma.wait()
        subprocess.run(
            ["tmux", "-S", self.socket, "kill-server"], check=False, env=self.environ, stderr=-3
        )

    def new(self, name, program):
        """Start a session and return a file that writes into its terminal."""
        size = ("-x", str(COLUMNS), "-y", str(ROWS))
        self.tmux("new-session", "-d", *size, "-s", name, f"stty -echo; exec {program} 86400")
        path = self.tmux("display-message", "-p", "-t", f"={name}:", "#{pane_tty}")
        return open(path, "wb", buffering=0)

    def run(self):
        program = self.folder / self.options.kind
        shutil.copy(shutil.which("sleep"), program)
        agents = [
            self.new(f"oma-agent-{number}", program) for number in range(self.options.agents)
        ]
        flooder = self.new("oma-agent-flooder", "sleep")
        failing = self.new("oma-agent-failing", "sleep")
        self.watch()
        time.sleep(SETTLE_S)
        self.measure_cost(agents)
        alone_ms = self.measure_delays(failing, None)
        beside_ms = self.measure_delays(failing, flooder)
        for name, delays_ms in (("alone", alone_ms), ("beside a burst", beside_ms)):
            print(
                f"from an error to its transition, {name}: p50 {statistics.median(delays_ms):.1f}"
                f"  max {max(delays_ms):.1f} ms"
            )

    def watch(self):
        config = self.folder / "config.toml"
        config.write_text(CONFIG)
        command = ("-S", self.socket, "--config", config, "watch", "--json")
        self.oma = subprocess.Popen(
            [sys.executable, "-m", "oma", *command],
            stdout=subprocess.PIPE,
            text=True,
            env=self.environ,
        )
        threading.Thread(target=self.listen, daemon=True).start()
        with self.news:
            everybody = self.options.agents + 2
            if not self.news.wait_for(lambda: len(self.known) == everybody, timeout=60):
                raise SystemExit(f"oma knows {len(self.known)} of {everybody} agents")

    def listen(self):
        for line in self.oma.stdout:
            arrived_s = time.monotonic()
            found = json.loads(line)
            with self.news:
                self.known.add(found["agent"])
                if found["to"] == "stuck":
                    self.stuck[found["agent"]] = arrived_s
                self.news.notify_all()

    def measure_cost(self, agents):
        still, frame = FRAMES[self.options.kind]
        for agent in agents:
            agent.write(still.encode())
        paint(agents, frame, self.options.frames, SETTLE_S)
        oma = psutil.Process(self.oma.pid)
        clients = oma.children(recursive=True)
        server = psutil.Process(int(self.tmux("display-message", "-p", "#{pid}")))
        groups = {"oma": [oma], f"{len(clients)} clients": clients, "tmux server": [server]}
        before = {name: spent_s(group) for name, group in groups.items()}
        painted, began_s = paint(agents, frame, self.options.frames, self.options.seconds)
        elapsed_s = time.monotonic() - began_s
        print(f"{len(agents)} agents ({self.options.kind}), {painted / elapsed_s:.0f} frames/s")
        for name, group in groups.items():
            used_s = spent_s(group) - before[name]
            print(f"{name:>12}: {100 * used_s / elapsed_s:.2f} % of a core")
        print(f"{'memory':>12}: {oma.memory_info().rss / 1e6:.0f} MB")

    def measure_delays(self, failing, flooder):
        """Return in ms how long errors took; with `flooder`, each beside a burst that it prints."""
        line = b"all of this is one long burst of words that mean nothing at all\r\n"
        burst = line * (self.options.burst_bytes // len(line))
        delays_ms = []
        for number in range(self.options.tries):
            failing.write(b"\x1b[2J\x1b[Hall is well\r\n")
            time.sleep(0.5)
            flood = threading.Thread(target=lambda: flooder.write(burst)) if flooder else None
            if flood:
                flood.start()
                time.sleep(0.002 * (number % 10))  # the burst is under way
            with self.news:
                self.stuck.pop("oma-agent-failing", None)
                written_s = time.monotonic()
                failing.write(b"error: it broke\r\n")
                if not self.news.wait_for(lambda: "oma-agent-failing" in self.stuck, timeout=10):
                    raise SystemExit("the error was not seen")
                delays_ms.append((self.stuck["oma-agent-failing"] - written_s) * 1000)
            if flood:
                flood.join()
        return delays_ms


def paint(agents, frame, frames_per_s, seconds):
    """Paint the agents in turn, evenly spread; return how many frames, and when it began."""
    began_s = time.monotonic()
    step_s = 1 / (frames_per_s * len(agents))
    for number in itertools.count():
        due_s = began_s + number * step_s
        if due_s - began_s >= seconds:
            return number, began_s
        if (wait_s := due_s - time.monotonic()) > 0:
            time.sleep(wait_s)
        spinner = "✢✳✶✻✽"[number // len(agents) % 5]
        text = frame.format(spinner=spinner, number=number // len(agents) // 10)
        agents[number % len(agents)].write(text.encode())
    raise AssertionError


def spent_s(group):
    return sum(sum(process.cpu_times()[:2]) for process in group)


if __name__ == "__main__":
    main()
