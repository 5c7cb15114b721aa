"""A soak: agents of all kinds and a seeded schedule of faults, against a recording `oma`.

    python tests/bench/soak.py [--minutes 60] [--seed 1] [--agents 30] [--keep FOLDER]

`oma watch --json --record` runs while its clients are killed, it and the server are stopped, and
sessions, windows, panes and sizes change. Then everything falls silent, and what must hold is
checked: the replay prints the transitions of the live run to the byte; every agent's lines are in
the recording, or a record of where some lack; memory is flat; nothing is left. Exits with 1 where
one of these does not hold.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
from private_server import private_server
from soak_agent import KINDS
from soak_checks import counters, existing, flatness, looked_at, replayed
from soak_faults import FAULTS, Field

from oma.runtime.process_tree import command_line

CONFIG = "[health]\nidle_warning = 4\nidle_critical = 12\n"
OF_A_CLIENT = 6
"""Descriptors that `oma` has of each of its clients; the server has half as many."""

SETTLE_S = 5
"""Until everything that was printed and done has reached the recording."""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--agents", type=int, default=30)
    parser.add_argument("--keep", type=Path, help="where the recording is copied to")
    options = parser.parse_args()
    with private_server() as server:
        (server.folder / "counts").mkdir()
        (server.folder / "config.toml").write_text(CONFIG)
        try:
            sys.exit(soak(server, options))
        finally:
            if options.keep is not None:
                shutil.copytree(server.folder, options.keep, ignore=lambda *_: ["s"])


def soak(server, options):
    chance = random.Random(options.seed)
    kinds = list(KINDS)
    field = Field(server, chance)
    # Little is scrolled back to: what the server then grows by is nothing that panes hold.
    little = ("set-option", "-g", "history-limit", "100")
    server.tmux("start-server", ";", *little, ";", "new-session", "-d", "-s", "home", "cat")
    for number in range(options.agents):
        field.start(f"oma-agent-{number}", kinds[number % len(kinds)], number)
    recording, lines = server.folder / "f.jsonl", server.folder / "lines"
    arguments = ["--config", server.folder / "config.toml", "watch", "--json"]
    with (
        open(lines, "wb") as out,
        open(server.folder / "errors", "wb") as errors,
        server.oma(*arguments, "--record", recording, stdout=out, stderr=errors) as process,
    ):
        field.oma = psutil.Process(process.pid)
        time.sleep(SETTLE_S)
        before = held(field)
        memory, done = disturb(field, options.minutes * 60)
        field.tidy()
        fall_silent(field, server.folder / "counts")
        time.sleep(SETTLE_S)
        after, clients = held(field), attached(server)
        agents = set(field.sessions())
        alive = server.pid() == field.server_pid
        print_figures(options, recording, done, memory)
        process.send_signal(signal.SIGINT)
        code = process.wait(300)  # beside other work it takes a while to write the rest
    checks = {
        "live equals replay": replayed(recording, lines),
        "lines are there, or a gap is told": counters(recording, server.folder / "counts"),
        "agents at the end": existing(lines, agents),
        "memory of oma is flat": flatness(memory["oma"]),
        "memory of the server is flat": flatness(memory["server"]),
        "descriptors and processes": (
            all(count <= before[what] for what, count in after.items()),
            f"{before} before, {after} after",
        ),
        "one client each, and the hub": (
            clients == options.agents + 1 - looked_at(recording),
            f"{clients} clients of {options.agents} agents, {looked_at(recording)} looked at by captures",
        ),
        "all left at the end": (attached(server) == 0, f"{attached(server)} clients"),
        "the server lived through it": (alive, f"pid {field.server_pid}"),
        "oma ended as told": (code == 130, f"exit code {code}"),
        "no complaint": (
            not (complaint := (server.folder / "errors").read_text()),
            complaint[:500] or "none",
        ),
        "nothing was executed": (not list(server.folder.rglob("pwned")), "titles and output"),
    }
    for name, (holds, text) in checks.items():
        print(f"{'ok ' if holds else 'BAD'} {name:<36} {text}")
    return 0 if all(holds for holds, _ in checks.values()) else 1


def disturb(field, seconds):
    """Disturb for so long; return the memory in MB at times in s, and how often each was done."""
    memory = {"oma": [], "server": []}
    done = dict.fromkeys(FAULTS, 0)
    server = psutil.Process(field.server_pid)
    began_s = next_s = time.monotonic()
    while (now_s := time.monotonic()) < began_s + seconds:
        if now_s >= next_s:
            next_s += max(5.0, seconds / 240)
            for name, process in (("oma", field.oma), ("server", server)):
                memory[name].append((now_s - began_s, process.memory_info().rss / 1e6))
        fault = field.chance.choices(list(FAULTS), [weight for weight, _ in FAULTS.values()])[0]
        FAULTS[fault][1](field)
        done[fault] += 1
        time.sleep(field.chance.uniform(0.5, 2.5))
    return memory, done


def fall_silent(field, folder):
    """Make every agent say how far it came, and print no more."""
    pids = {
        int(pid)
        for pid, dead in field.panes("#{pane_pid} #{pane_dead}")
        if dead == "0" and "soak_agent" in " ".join(command_line(int(pid)))
    }
    for pid in pids:
        os.kill(pid, signal.SIGUSR1)
    until_s = time.monotonic() + 60
    while pids - {int(path.name) for path in folder.iterdir()}:
        if time.monotonic() > until_s:
            sys.exit(f"agents that do not fall silent: {pids}")
        time.sleep(0.1)


def held(field):
    """What `oma` and the server hold of the system, beside clients; a pane that lives has a descriptor there."""
    living = sum(dead == "0" for (dead,) in field.panes("#{pane_dead}"))
    children, clients = len(field.oma.children(recursive=True)), attached(field.server)
    return {
        "descriptors": field.oma.num_fds() - OF_A_CLIENT * children,
        "children that are no clients": children - clients,
        "of the server, without panes": psutil.Process(field.server_pid).num_fds()
        - living
        - OF_A_CLIENT // 2 * clients,
    }


def attached(server):
    return len(server.tmux("list-clients", "-F", "#{client_name}").split())


def print_figures(options, recording, done, memory):
    print(
        f"seed {options.seed}, {options.minutes:g} min, {options.agents} agents, tmux "
        f"{subprocess.check_output(['tmux', '-V'], text=True).split()[1]}, load "
        f"{os.getloadavg()[1]:.1f} on {os.cpu_count()} cores; "
        f"recording {recording.stat().st_size / 1e6:.0f} MB"
    )
    print("done: " + ", ".join(f"{name} {count}" for name, count in done.items()))
    for name, series in memory.items():
        shown = series[:: max(1, len(series) // 12)]
        print(f"{name:>7} MB: " + "  ".join(f"{t / 60:.0f}m {rss:.1f}" for t, rss in shown))


if __name__ == "__main__":
    main()
