"""Many hosts: what `oma watch --ssh` costs, and when what a host says is told.

    python tests/bench/hosts.py [--hosts 20] [--agents 1] [--rate 10] [--seconds 30]

The hosts are pipes behind an `ssh` of ours: each plays agents that repaint a line `--rate` times a second, no two in step,
and now and then one asks a question. What ssh itself costs is not in it.
"""

import argparse
import json
import os
import stat
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil
from private_server import as_installed, spread

from oma.config.schema import Config, to_mapping
from oma.model import events as ev
from oma.model.events import Record
from oma.model.ids import PaneId, SessionId, WindowId
from oma.recording.recording_format import Header, encode_header, encode_record

SSH = '#!/bin/sh\nwhile [ "$1" != -- ]; do shift; done\nexec cat "{folder}/$2"\n'


class Host:
    """Writes the log of one host to its pipe."""

    def __init__(self, path, agents):
        # For both, or else it waits for a reader, whose turn it may not be.
        self.pipe = os.fdopen(os.open(path, os.O_RDWR), "wb", 0)
        self.began_s, self.seq, self.agents = time.perf_counter(), 0, agents
        header = Header(1, "2026-11-20T20:03:58.123456Z", "3.4", "0.2.0", to_mapping(Config()), {})
        self.pipe.write(encode_header(header))
        self.say(ev.ServerConnected("3.4"))
        for n in range(agents):
            pane, session = PaneId(f"%{n}"), SessionId(f"${n}")
            self.say(ev.SessionOpened(session, f"oma-agent-{n}"))
            self.say(ev.PaneSeen(pane, session, WindowId(f"@{n}"), 9, "cat", "", "/", 80, 24, idle_s=0.0))  # fmt: skip
            self.say(ev.PaneCaptured(pane, 80, 24, 0, 0, False, b""))
            self.say(ev.ProcessesSampled((ev.ProcessSample(pane, ("cat",), 0, None, 1),)))

    def say(self, event):
        self.seq += 1
        t = round(time.perf_counter() - self.began_s, 6)
        self.pipe.write(encode_record(Record(self.seq, t, event)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--hosts", type=int, default=20)
    parser.add_argument("--agents", type=int, default=1)
    parser.add_argument("--rate", type=float, default=10.0)
    parser.add_argument("--seconds", type=float, default=30.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        program = folder / "ssh"
        program.write_text(SSH.format(folder=folder))
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        names = [f"h{n}" for n in range(options.hosts)]
        for name in names:
            os.mkfifo(folder / name)
        environ = as_installed(folder) | {"PATH": f"{folder}:{os.environ['PATH']}"}
        argv = [sys.executable, "-m", "oma", "watch", "--json", "--ssh", ",".join(names)]
        watch = subprocess.Popen(
            argv, env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        try:
            measure(options, watch, [Host(folder / name, options.agents) for name in names])
        finally:
            watch.terminate()
            watch.wait()


def measure(options, watch, hosts):
    told, asked, known = {}, {}, set()
    threading.Thread(target=note_changes, args=(watch, told, known), daemon=True).start()
    while len(known) < len(hosts) * options.agents:
        time.sleep(0.1)
    time.sleep(5)
    process = psutil.Process(watch.pid)
    before, began_s = sum(process.cpu_times()[:2]), time.perf_counter()
    turn = 0
    while time.perf_counter() - began_s < options.seconds:
        turn += 1
        for n, host in enumerate(hosts):  # one after the other: no two are in step
            paint(n, host, turn, asked)
            time.sleep(
                max(0, began_s + (turn - 1 + n / len(hosts)) / options.rate - time.perf_counter())
            )
        if turn % 10 == 0 and turn // 10 < len(hosts):
            ask(hosts, turn // 10, asked)
    cpu = (sum(process.cpu_times()[:2]) - before) / (time.perf_counter() - began_s)
    memory = process.memory_full_info()
    time.sleep(1)
    late_ms = [(told[agent] - at) * 1000 for agent, at in asked.items() if agent in told]
    print(f"{len(hosts)} hosts x {options.agents} agents x {options.rate:g}/s: {cpu:.1%} of a core, "
          f"RSS {memory.rss / 1e6:.0f} MB, PSS {memory.pss / 1e6:.0f} MB")  # fmt: skip
    print(f"question said -> told: {spread(late_ms, 'ms')}, {len(asked) - len(late_ms)} not told")


def note_changes(watch, told, known):
    for line in watch.stdout:
        change = json.loads(line)
        known.add(change["agent"])
        if change["to"] == "waiting":
            told[change["agent"]] = time.perf_counter()


def paint(n, host, turn, asked):
    """Let every agent of a host that asks nothing repaint its line."""
    text = b"\r\x1b[2K%s working (%ds)" % (b"-\\|/"[turn % 4 : turn % 4 + 1], turn)
    for agent in range(host.agents):
        if f"h{n}/oma-agent-{agent}" not in asked:
            host.say(ev.PaneOutput(PaneId(f"%{agent}"), text))


def ask(hosts, n, asked):
    """Let the first agent of a host ask; its watch says when a tenth of a second has passed."""
    asked[f"h{n}/oma-agent-0"] = time.perf_counter()
    hosts[n].say(ev.PaneOutput(PaneId("%0"), b"\r\n\r\nDo you want to go on? [y/N] "))
    threading.Timer(0.1, hosts[n].say, (ev.TimePassed(),)).start()


if __name__ == "__main__":
    main()
