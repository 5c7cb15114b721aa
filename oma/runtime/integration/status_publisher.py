"""Keeps the options that the status line shows: set when something changes, and by nothing else.

Only where the user has installed them (`oma tmux install`). No process runs when tmux draws its status line. The options are taken away when the watch ends, also where it
is killed (`status_guard`).
"""

from collections.abc import Mapping
from contextlib import suppress

import attrs
import trio

from oma.errors import OmaError
from oma.model.ids import WindowId
from oma.model.state import FleetState
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.integration.applied_settings import clear_marks
from oma.runtime.integration.status_guard import StatusGuard
from oma.store.store import Store
from oma.tmux.address import ServerAddress
from oma.tmux.commands.command import in_order
from oma.tmux.commands.control import IfShell, SetOption
from oma.tmux.commands.server_settings import SetGlobalOption, ShowGlobalOption
from oma.tmux.installation import INSTALLED_OPTION
from oma.tmux.status_segment import STATUS_OPTION, WINDOW_OPTION, status_text, window_marks

PAUSE_S = 0.25
"""The least time between two changes: each makes tmux draw the clients anew."""

MOVES_S = 2.0
"""The least time between two looks for what is no change of an agent's health."""

LEAVE_S = 2.0
"""How long a server may take at the end."""


@attrs.define
class StatusPublisher:
    """What one watch shows in tmux.

    Args:
        server: Where.
        store: What is known of agents.
    """

    server: ServerAddress
    store: Store
    _wanted: tuple[str, Mapping[WindowId, str]] | None = None
    """What is to be shown; it is compared, so that tmux is asked when that changes."""
    _may_show: bool = False
    """Something of ours may be set."""
    _turn: trio.Lock = attrs.Factory(trio.Lock)
    _guard: StatusGuard | None = None
    _marks: Mapping[WindowId, str] | None = None
    """As they were set last; `None` where nothing was set."""

    async def run(self) -> None:
        """Show what changes, until the log ends or we are cancelled."""
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._show_moves)
                await self._show_transitions()
                nursery.cancel_scope.cancel()
        finally:
            with trio.move_on_after(LEAVE_S, shield=True):
                await self._clear()
                if self._guard is not None:
                    await self._guard.dismiss()

    async def _show_transitions(self) -> None:
        tail = self.store.tail()
        tail.only_transitions = True
        while await tail.receive():
            await self.show(self.store.state)
            await trio.sleep(PAUSE_S)

    async def _show_moves(self) -> None:
        """Show what is no change of an agent: that its pane is in another window, or it left the list."""
        seq = 0
        while True:
            await self.store.wait_newer(seq)
            seq = self.store.seq
            await self.show(self.store.state)
            await trio.sleep(MOVES_S)

    async def show(self, state: FleetState) -> None:
        """Show what is known now, where that is wanted and is not shown already. Never raises."""
        if not state.has_server:
            self._wanted = self._marks = None
            self._may_show = False
            return
        agents = [agent for agent in state.agents if not agent.gone]
        text, marks = status_text(agent.verdict.health for agent in agents), window_marks(agents)
        if (text, marks) == self._wanted:
            return
        self._wanted = text, marks
        # A server that ends or hangs: it is tried anew at the next change.
        with suppress(OmaError, OSError):
            async with self._turn:
                await self._set(text, marks)

    async def _set(self, text: str, marks: Mapping[WindowId, str]) -> None:
        client = TmuxClient(self.server)
        # In one process: what the user waits for comes first.
        status = SetGlobalOption(STATUS_OPTION, text or None)
        show = in_order(
            ShowGlobalOption(INSTALLED_OPTION), IfShell(f"#{{{INSTALLED_OPTION}}}", status)
        )
        self._may_show = True  # from before tmux is told: we may be cancelled meanwhile
        if not (await client.run(show)).strip():
            self._marks, self._may_show = None, False
            return
        if self._guard is None:
            self._guard = await StatusGuard.start(self.server)
        before = self._marks
        if before is None:
            await clear_marks(self.server)  # those of an oma that was killed
            before = {}
        self._marks = marks
        for window in sorted(before.keys() | marks.keys()):
            if marks.get(window) != before.get(window):
                # One by one: a window may be gone, and the others are there.
                await client.ask(SetOption(window, WINDOW_OPTION, marks.get(window)))

    async def _clear(self) -> None:
        if not self._may_show:
            return
        with suppress(OmaError):  # the server is gone, and the options with it
            await clear_marks(self.server)
            await TmuxClient(self.server).run(SetGlobalOption(STATUS_OPTION, None))
