"""Measured processes that say what a test wants, on a server that is not there."""

from contextlib import asynccontextmanager
from pathlib import Path

import attrs
import trio

from oma.bench.bench_server import BenchServer, SilentAgent
from oma.model.ids import PaneId


@attrs.define
class Seats(BenchServer):
    """A bench server whose agents are only names."""

    async def start_agents(self, count):
        await trio.lowlevel.checkpoint()
        while len(self.agents) < count:
            number = len(self.agents)
            self.agents.append(SilentAgent(PaneId(f"%{number}"), f"/dev/pts/{number}"))
        self.server_pid = 7


def bench_server(folder="/srv/bench"):
    return Seats(Path(folder))


@attrs.define
class ScriptedChild:
    """What `Child` is, with lines that are known before."""

    lines: list = attrs.Factory(list)
    pid: int = 100
    ended: bool = False

    async def until(self, holds):
        await trio.lowlevel.checkpoint()
        assert holds(self.lines)

    async def until_ended(self):
        await trio.lowlevel.checkpoint()


def scripted(monkeypatch, module, says):
    """Let a module run scripted children; return the command lines.

    Args:
        monkeypatch: Pytest's.
        module: Which one.
        says: From the words of a command line to the lines that it says, each at 0 ns.
    """
    started = []

    @asynccontextmanager
    async def running(bench_server, *words):
        started.append(words)
        await trio.lowlevel.checkpoint()
        yield ScriptedChild([(line, 0) for line in says(words)])

    monkeypatch.setattr(module, "running", running)
    return started
