"""Hosts behind a real sshd, of which some hang: when `oma watch --ssh` tells of each.

    python tests/bench/hanging_hosts.py [--hosts 20] [--mute 4] [--seconds 12]

The first ones take connections and say nothing, one asks for a password, one has no `oma`, and the others say at once
what a log says. Told of each is when its agent was, or else why it is not reached, in seconds after the
first start of ssh.
"""

import argparse
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import psutil
import trio
from private_server import as_installed

sys.path.insert(0, str(Path(__file__).parents[2]))

from oma.config.schema import Config, to_mapping
from oma.model import events as ev
from oma.model.events import Record
from oma.model.ids import PaneId, SessionId, WindowId
from oma.recording.recording_format import Header, encode_header, encode_record
from tests.support.sshd import running_sshd

EVENTS = (
    ev.ServerConnected("3.4"),
    ev.SessionOpened(SessionId("$0"), "oma-agent-a"),
    ev.PaneSeen(PaneId("%0"), SessionId("$0"), WindowId("@0"), 9, "cat", "", "/", 80, 24, idle_s=0.0),
    ev.PaneCaptured(PaneId("%0"), 80, 24, 0, 0, False, b""),
    ev.ProcessesSampled((ev.ProcessSample(PaneId("%0"), ("cat",), 0, None, 1),)),
)  # fmt: skip


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--hosts", type=int, default=20)
    parser.add_argument("--mute", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=12.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="oma-h-") as made, ExitStack() as opened:
        folder, ports = Path(made), {}
        for n in range(options.mute):
            mute = opened.enter_context(socket.create_server(("127.0.0.1", 0)))
            ports[f"mute{n}"] = mute.getsockname()[1]
        header = Header(1, "2026-11-20T20:03:58.123456Z", "3.4", "0.2.0", to_mapping(Config()), {})
        records = [encode_record(Record(n, 0.1, each)) for n, each in enumerate(EVENTS, start=1)]
        (folder / "log").write_bytes(encode_header(header) + b"".join(records))
        names = [f"h{n}" for n in range(options.hosts - options.mute - 2)]
        scripts = dict.fromkeys(names, f"cat {folder}/log; exec sleep 1000\n")
        (folder / "c.toml").write_text('[fleet]\ncommand = "no-such-oma"\n')
        sshd = opened.enter_context(running_sshd(folder / "ssh", scripts, ports))
        assert trio.run(sshd.is_there)
        # `box` lets us in, and has no such program.
        watch(options, folder, sshd.path, [*ports, "asking", "box", *names])


def watch(options, folder, path, hosts):
    environ = as_installed(folder) | {"PATH": path}
    argv = [sys.executable, "-m", "oma", "--config", str(folder / "c.toml")]
    argv += ["watch", "--json", "--ssh", ",".join(hosts)]
    process = subprocess.Popen(
        argv, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    told = {}
    threads = [
        threading.Thread(target=each, args=(process, told)) for each in (note_agents, note_links)
    ]
    for each in threads:
        each.start()
    seen, most = {}, 0
    while not seen or time.perf_counter() - min(seen.values()) < options.seconds:
        running = ssh_processes(process.pid)
        most = max(most, len(running))
        for pid in running:
            seen.setdefault(pid, time.perf_counter())
        time.sleep(0.01)
    process.terminate()
    process.wait()
    for each in threads:
        each.join()
    began_s = min(seen.values())
    for host in hosts:
        at_s, words = told.get(host, (float("inf"), "nothing was told"))
        print(f"{host:8} {at_s - began_s:5.2f} s  {words[:90]}")
    starts = sorted(at - began_s for at in seen.values())
    dense = max(sum(at <= each < at + 0.5 for each in starts) for at in starts)
    print(
        f"{len(starts)} runs of ssh, {most} at a time, {dense} begun within half a second at most"
    )
    print(f"load {os.getloadavg()[0]:.1f}")


def note_agents(process, told):
    for line in process.stdout:
        host = json.loads(line)["agent"].partition("/")[0]
        told.setdefault(host, (time.perf_counter(), "its agent"))


def note_links(process, told):
    for line in process.stderr:
        found = re.match(r"oma: (\S+) not reached: (.*)", line)
        if found:
            told.setdefault(found[1], (time.perf_counter(), found[2]))


def ssh_processes(pid):
    """Return those that were begun by a process, by way of others."""
    try:
        found = psutil.Process(pid).children(recursive=True)
        return [each.pid for each in found if each.name() == "ssh"]
    except psutil.Error:  # one has just ended
        return []


if __name__ == "__main__":
    main()
