"""The private tmux server of a run: silent agents, whose terminals are written to from outside.

One process of ours writes what a hundred agents would: a hundred interpreters that paint would
leave little of the machine for what is measured.
"""

import os
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import attrs
import trio

from oma.model.ids import PaneId
from oma.runtime.client.server_finder import find_sessions
from oma.runtime.client.tmux_client import TmuxClient
from oma.tmux.address import ServerAddress
from oma.tmux.commands.sessions import KillServer
from oma.tmux.new_sessions import new_agent_session
from oma.tmux.queries.panes import LIST_PANES, pane_terminal, parse_panes

END_S = 3.0
"""How long the server may take to end when it is told to."""

PREFIX = "oma-agent-bench-"
COLUMNS, ROWS = 120, 40

CONFIG = """\
[dashboard]
session_prefix = "oma-agent-"

[health]
idle_warning = 3600
idle_critical = 7200
error_patterns = ["error: try"]
error_settle = 0
"""
"""A failure is told as soon as it is seen: how long it must stand is not what is measured."""


@attrs.frozen
class SilentAgent:
    """One agent of the run."""

    pane: PaneId
    terminal: str
    """Path of its terminal: what is written to it, the pane prints."""


@attrs.define
class BenchServer:
    """The server, and who is on it.

    Args:
        folder: Of this run alone; it is gone afterwards.
    """

    folder: Path
    agents: list[SilentAgent] = attrs.Factory(list)
    server_pid: int = 0

    @property
    def server(self) -> ServerAddress:
        """The server's address."""
        return ServerAddress(socket_path=str(self.folder / "s"))

    @property
    def config(self) -> Path:
        """The configuration that `oma` runs with."""
        return self.folder / "config.toml"

    def environment(self) -> Mapping[str, str]:
        """Return ours, without the tmux and the options of the user who runs the bench.

        Byte code is kept, as where `oma` is installed: without it a start takes 35 ms longer.
        """
        unwanted = ("TMUX", "OMA_CONFIG", "PYTHONDONTWRITEBYTECODE")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(unwanted)}
        byte_code = str(self.folder / "byte-code")
        return kept | {
            "TERM": "xterm-256color",
            "LC_ALL": "C.UTF-8",
            "PYTHONPYCACHEPREFIX": byte_code,
        }

    async def start_agents(self, count: int) -> None:
        """See that there are so many agents.

        Raises:
            CommandError: tmux refuses.
        """
        while len(self.agents) < count:
            await self._start(f"{PREFIX}{len(self.agents)}")
        if not self.server_pid:
            sessions = await find_sessions(self.server)
            self.server_pid = sessions[0].server_pid if sessions else 0

    async def _start(self, name: str) -> None:
        program = ["sh", "-c", "stty -echo -opost; exec sleep 86400"]
        # The user's own configuration may start what would be measured with the rest.
        client = TmuxClient(self.server, configuration=os.devnull)
        start = new_agent_session(name, program, "/", (COLUMNS, ROWS), {})
        await client.run(start, doing=f"to start {name}")
        rows = parse_panes((await client.run(LIST_PANES)).split("\n"))
        pane = next(row.pane for row in rows if row.session_name == name)
        self.agents.append(SilentAgent(pane, (await client.run(pane_terminal(pane))).strip()))


@asynccontextmanager
async def bench_server(folder: Path) -> AsyncIterator[BenchServer]:
    """Give a stage whose server starts with its first agent and ends with the block."""
    set_up = BenchServer(folder)
    set_up.config.write_text(CONFIG)
    try:
        yield set_up
    finally:
        with trio.CancelScope(shield=True):
            await _end(set_up.server)


async def _end(server: ServerAddress) -> None:
    """End the server, and see that it has ended: some outlive the command (tmux issue 5444)."""
    sessions = await find_sessions(server)
    await TmuxClient(server).ask(KillServer())
    for row in (sessions or ())[:1]:
        with trio.move_on_after(END_S), suppress(ProcessLookupError):
            while True:
                os.kill(row.server_pid, 0)
                await trio.sleep(0.01)
        with suppress(ProcessLookupError):
            os.kill(row.server_pid, signal.SIGKILL)
