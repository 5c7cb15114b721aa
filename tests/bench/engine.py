"""Many hosts on an engine: how soon a viewer knows all of them, what it costs, when a change is told.

    python tests/bench/engine.py [--hosts 300] [--agents 33] [--busy 3] [--seconds 30] [--faults]

One process plays all hosts on an engine of its own: each writes once a second that `--busy` of its agents are
otherwise, and ten times a second an agent somewhere begins to wait. The viewers are `oma watch --fleet`, and the
dashboard in a terminal of 200 x 50: what it costs, and how soon it answers a key. With
`--faults`, 30 hosts are killed at the end, and then the engine is away for 30 seconds.
"""

import argparse
import fcntl
import itertools
import json
import os
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
from functools import partial
from pathlib import Path

import attrs
import psutil
import trio
from private_server import as_installed, spread

sys.path.insert(0, str(Path(__file__).parents[2]))

from oma.cli.fleet_engine import address_of, engine_at, look_at_engine
from oma.model.health import Health, Transition, Verdict
from oma.model.ids import AgentId, PaneId, SessionId
from oma.model.publication import (  # fmt: skip
    HostDescription,
    PublishedPiece,
    Told,
    description_text,
    piece_text,
    told_id,
)
from oma.model.published import agent_text, transition_text
from oma.model.state import AgentState
from oma.recording.compression import pack
from oma.runtime.fleet.engine import Writing
from tests.support.engines import real_engine

LOST, AWAY_S = 30, 30.0
BOOT = 1_764_000_000_000
OK = Verdict(Health.OK, "active", "generic/active", "output arrives", 1.0)
WAITS = Verdict(Health.WAITING, "question", "generic/dialog-shape", "Go on? [y/N]", 1.0)


class Host:
    """Writes what one host would."""

    def __init__(self, name, agents):
        self.name, self.n, self.told = name, 0, 0
        self.agents = [agent(n) for n in range(agents)]

    async def write(self, link, changed, told=(), *, whole=False):
        self.n += 1
        t = round(time.perf_counter(), 6)
        numbered = []
        for change in told:
            self.told += 1
            numbered.append(Told(BOOT, self.told, change))
        texts = [agent_text(each) for each in changed]
        piece = PublishedPiece(BOOT, self.n, t, tuple(changed), whole=whole, told=tuple(numbered))
        about = HostDescription(BOOT, self.n, self.told, t, self.name, "3.4", "0.2.0")
        await link.write(
            Writing(
                self.name,
                pack(piece_text(piece, texts).encode()),
                description_text(about).encode(),
                {each.id: text.encode() for each, text in zip(changed, texts, strict=True)},
                whole=whole,
                told=[(told_id(each), transition_text(each.change).encode()) for each in numbered],
                alive=str(t).encode(),
            )
        )


def agent(n):
    return AgentState(
        session=SessionId(f"${n}"), name=f"agent-{n}", pane=PaneId(f"%{n}"), verdict=OK,
        profile="claude", command="claude", title="Fix the login", cwd="/srv/api", pid=1000 + n,
        columns=120, rows=40, active_s=1.0, cpu_percent=1.5, rss_bytes=300_000_000, gone=False,
        id=AgentId(f"${n}"), place=f"agent-{n}:0.0", session_name=f"agent-{n}",
        project="/srv/api", branch="main", task="Fix the login",
    )  # fmt: skip


async def play(options, running, told):
    engine = address_of(running.url)
    hosts = [Host(f"h{n:03}", options.agents) for n in range(options.hosts)]
    async with engine_at(engine).connect() as link:
        for host in hosts:
            await host.write(link, host.agents, whole=True)
        began_s = time.perf_counter()
        found = await look_at_engine(engine)
        count = len(found.state.agents)
        print(f"snapshot of {count} agents: {time.perf_counter() - began_s:.2f} s")
        watch, process, links = start_watch(engine.words, told)
        dashboard = Screen(engine.words)
        try:
            while state_of(links, engine.words) != "live":  # changes before are how things stand
                await keep_alive(hosts, link, 1.0, options, told=None)
            await keep_alive(hosts, link, 5.0, options, told=None)
            viewers = {"oma watch --fleet": process, "oma --fleet": dashboard.process}
            before = {name: sum(each.cpu_times()[:2]) for name, each in viewers.items()}
            began_s, asked, drawn = time.perf_counter(), {}, dashboard.frames
            await keep_alive(hosts, link, options.seconds, options, told=asked)
            took_s = time.perf_counter() - began_s
            for name, each in viewers.items():
                cpu = (sum(each.cpu_times()[:2]) - before[name]) / took_s
                print(f"{name}: {cpu:.1%} of a core, RSS {each.memory_info().rss / 1e6:.0f} MB")
            print(f"frames drawn a second: {(dashboard.frames - drawn) / took_s:.1f}")
            await trio.sleep(2.0)
            late_ms = [(told[key] - at) * 1000 for key, at in asked.items() if key in told]
            late_ms.sort()
            print(
                f"change written -> told: {spread(late_ms, 'ms')}, p99 "
                f"{late_ms[int(len(late_ms) * 0.99)]:.1f} ms, {len(asked) - len(late_ms)} not told"
            )
            keys = partial(press_keys, dashboard)
            await keep_alive(hosts, link, 12.0, options, told=None, beside=keys)
            lost = len(asked.keys() - told.keys())
            print(f"of them told later: {len(asked) - len(late_ms) - lost}, never: {lost}")
            if options.faults:
                await lose_hosts(hosts, link, links, options)
                await lose_engine(hosts, running, links, options)
        finally:
            dashboard.end()
            watch.terminate()
            watch.wait()


async def lose_hosts(hosts, link, links, options):
    while any(state == "lost" for state, _ in links.values()):
        await keep_alive(hosts, link, 1.0, options, told=None)  # the machine was too busy before
    began_s, killed = time.perf_counter(), [host.name for host in hosts[:LOST]]
    while not all(state_of(links, name) == "lost" for name in killed):
        await keep_alive(hosts[LOST:], link, 1.0, options, told=None)
    late_s = [links[name][1] - began_s for name in killed]
    others = sum(state == "lost" for state, _ in links.values()) - LOST
    print(
        f"killed -> told lost: {max(late_s):.1f} s at most of {LOST} hosts; others lost: {others}"
    )


async def lose_engine(hosts, running, links, options):
    running.kill()
    await trio.sleep(AWAY_S)
    words = address_of(running.url).words
    links.pop(words)
    await running.start()
    began_s = time.perf_counter()
    async with engine_at(address_of(running.url)).connect() as link:
        for host in hosts[LOST:]:
            await host.write(link, host.agents, whole=True)
        while state_of(links, words) != "live":
            await keep_alive(hosts[LOST:], link, 1.0, options, told=None)
    print(f"engine back -> live again: {links[words][1] - began_s:.1f} s after {AWAY_S:.0f} s")


async def press_keys(dashboard):
    late_ms = []
    for n in range(50):
        await trio.sleep(0.2)
        late_ms.append(await trio.to_thread.run_sync(dashboard.press, b"jk"[n % 2 : n % 2 + 1]))
    print(f"key pressed -> screen: {spread(late_ms, 'ms')}")


class Screen:
    """The dashboard on a terminal that is read to its end at once."""

    def __init__(self, url):
        with tempfile.TemporaryDirectory() as made:
            environ = as_installed(Path(made)) | {
                "PATH": os.environ["PATH"],
                "TERM": "xterm-256color",
            }
        self.master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0))
        argv = [sys.executable, "-m", "oma", "--fleet", url]
        self.running = subprocess.Popen(
            argv, env=environ, stdin=slave, stdout=slave, stderr=slave, start_new_session=True
        )
        os.close(slave)
        self.process, self.frames, self.drawn = (
            psutil.Process(self.running.pid),
            0,
            threading.Event(),
        )
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        last_s = 0.0
        while True:
            try:
                data = os.read(self.master, 1 << 16)
            except OSError:
                return
            self.data = data
            now_s = time.perf_counter()
            self.frames += now_s - last_s > 0.02
            last_s = now_s
            self.drawn.set()

    def press(self, key):
        """Press a key while nothing is drawn, and return how many milliseconds it takes until something is."""
        self.drawn.clear()
        while self.drawn.wait(0.03):
            self.drawn.clear()
        began_s = time.perf_counter()
        os.write(self.master, key)
        self.drawn.wait(5.0)
        return (time.perf_counter() - began_s) * 1000

    def end(self):
        self.running.terminate()
        self.running.wait()


async def keep_alive(hosts, link, seconds, options, *, told, beside=None):
    """Write what every host says in a second, spread over it, and ten changes; `beside` runs meanwhile."""
    async with trio.open_nursery() as nursery:
        if beside is not None:
            nursery.start_soon(beside)
        await write_all(hosts, link, seconds, options, told)


async def write_all(hosts, link, seconds, options, told):
    began_s, turn = time.perf_counter(), itertools.count(1)
    step, count = len(hosts) // 10 or 1, 0
    while time.perf_counter() - began_s < seconds:
        n = next(turn)
        some = hosts[(n * step) % len(hosts) :][:step]
        for host in some:
            busy = [
                attrs.evolve(each, active_s=time.perf_counter())
                for each in host.agents[: options.busy]
            ]
            await host.write(link, busy)
        if told is not None:
            host, number = hosts[(n * 7) % len(hosts)], n % options.agents
            change = Transition(1.0, n, f"agent-{number}", Health.OK, WAITS, AgentId(f"${number}"))
            told[host.name, n] = time.perf_counter()
            await host.write(link, [attrs.evolve(host.agents[number], verdict=WAITS)], [change])
        count += 1
        await trio.sleep(max(0.0, began_s + 0.1 * count - time.perf_counter()))


def state_of(links, host):
    """Return how a host, or the engine, is reached, as was told last; empty where nothing was told."""
    return links.get(host, ("", 0.0))[0]


def start_watch(url, told):
    with tempfile.TemporaryDirectory() as made:
        environ = as_installed(Path(made)) | {"PATH": os.environ["PATH"]}
    argv = [sys.executable, "-m", "oma", "watch", "--json", "--fleet", url]
    began_s, links = time.perf_counter(), {}
    watch = subprocess.Popen(
        argv, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )

    def note_link():
        for line in watch.stderr:
            _, host, state = line.split(maxsplit=2)
            state = state.split()[0].strip(":\n")
            if not links:
                print(f"started -> all are known: {time.perf_counter() - began_s:.1f} s")
            links[host] = state, time.perf_counter()

    def note():
        for line in watch.stdout:
            change = json.loads(line)
            if change["from"] is not None:
                told[change["agent"].split("/")[0], change["seq"]] = time.perf_counter()

    for work in (note, note_link):
        threading.Thread(target=work, daemon=True).start()
    return watch, psutil.Process(watch.pid), links


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--hosts", type=int, default=300)
    parser.add_argument("--agents", type=int, default=33)
    parser.add_argument("--busy", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--faults", action="store_true")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="oma-e-") as folder,
        real_engine(Path(folder)) as engine,
    ):
        await engine.start()
        await play(options, engine, {})


if __name__ == "__main__":
    trio.run(main)
