"""The pane that we run in, as the place to tile around: its server, its neighbours, its lock."""

import os
from pathlib import Path

import attrs

from oma.errors import OmaError
from oma.model.ids import PaneId, parse_pane_id
from oma.runtime.client.server_access import ServerAccess
from oma.runtime.client.server_finder import tmux_version
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.display.owned_panes import list_window_panes
from oma.runtime.display.session_view import our_pane, same_server
from oma.runtime.display.tiling_lock import TilingLock, tiling_lock_of
from oma.tmux.capabilities import check, parse_version
from oma.tmux.queries.window_panes import WindowPane


@attrs.frozen
class HostPane:
    """The place in tmux that a user runs us in."""

    access: ServerAccess
    """To the server of the pane."""
    pane: PaneId
    same_server: bool
    """The agents live on that server, too."""
    server_pid: int

    def tiling_lock(self, main: PaneId) -> TilingLock:
        """Return the lock of whoever tiles around a pane of this server.

        Raises:
            OmaError: There is no place for it that is this user's alone.
        """
        return tiling_lock_of(str(self.access.socket), self.server_pid, main, os.environ)

    async def rows(self) -> tuple[WindowPane, ...]:
        """Return every pane of the server.

        Raises:
            CommandError: tmux refused.
        """
        return await list_window_panes(TmuxClient(self.access.server))

    async def check_free(self) -> None:
        """See that nobody tiles this window around another of its panes.

        Raises:
            OmaError: Somebody does, or the pane is one of those that were made for an agent.
        """
        rows = await self.rows()
        ours = next((row for row in rows if row.pane == self.pane), None)
        if ours is None:
            raise OmaError(f"there is no pane {self.pane}")
        if ours.mark is not None:
            raise OmaError(f"{self.pane} was made by oma around {ours.mark.main}: tile from there")
        others = {row.pane for row in rows if row.window == ours.window} - {self.pane}
        for pane in others:
            if self.tiling_lock(pane).holder() is not None:
                message = f"the window is tiled around {pane} already; 'oma untile' ends that"
                raise OmaError(message)


async def find_host_pane(socket: Path, what: str, pane: str | None = None) -> HostPane:
    """Return where we run.

    Args:
        socket: Of the server of the agents.
        what: What needs to know, for the message.
        pane: A pane of the server of our own pane to take for ours.

    Raises:
        OmaError: Not in tmux, or tmux is too old.
    """
    us = our_pane(os.environ)
    if us is None or us.server.socket_path is None:
        raise OmaError(f"{what} works inside tmux: it divides the window that it is run in")
    version = parse_version(await tmux_version())
    check(version)
    access = ServerAccess(Path(us.server.socket_path), version)
    return HostPane(
        access=access,
        pane=us.pane if pane is None else parse_pane_id(pane),
        same_server=same_server(us, socket),
        server_pid=us.server_pid,
    )
