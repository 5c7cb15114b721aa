"""What the subcommands about agent panes start from: the pane that we run in, and the policy."""

import os
from pathlib import Path

import attrs

from oma.cli.setting import Setting
from oma.config.schema import Layout
from oma.errors import OmaError
from oma.model.ids import PaneId, parse_pane_id
from oma.placement.policy import Arrangement, Policy, WhenFull
from oma.runtime.access import Access
from oma.runtime.seat import Seat, seat_of
from oma.runtime.server import run_tmux, tmux_version
from oma.runtime.view import our_pane, same_server
from oma.tmux.capabilities import check, parse_version
from oma.tmux.invocation import ServerAddress
from oma.tmux.tiling import TilingRow, list_tiling_argv, parse_tiling

READ_ONLY = "read-only"


@attrs.frozen
class Inside:
    """The place in tmux that a person runs us in."""

    access: Access
    """To the server of the pane."""
    pane: PaneId
    same_server: bool
    """The agents live on that server, too."""
    server_pid: int

    @property
    def server(self) -> ServerAddress:
        """Return the server of the pane."""
        return ServerAddress(socket_path=str(self.access.socket))

    def seat(self, main: PaneId) -> Seat:
        """Return the seat of whoever tiles around a pane of this server."""
        return seat_of(str(self.access.socket), self.server_pid, main, os.environ)

    async def rows(self) -> tuple[TilingRow, ...]:
        """Return every pane of the server.

        Raises:
            OmaError: tmux refused.
        """
        answer = await run_tmux(list_tiling_argv(self.server))
        if answer.status != 0:
            message = f"tmux refused: {answer.complaint}"
            raise OmaError(message)
        return parse_tiling(answer.output.split("\n"))


async def look_inside(setting: Setting, what: str, pane: str | None = None) -> Inside:
    """Return where we run.

    Args:
        setting: Which agents it is about.
        what: The subcommand, for the message.
        pane: A pane of the server of our own pane to take for ours.

    Raises:
        OmaError: Not in tmux, or tmux is too old.
    """
    us = our_pane(os.environ)
    if us is None or us.server.socket_path is None:
        message = f"{what} works inside tmux: it divides the window that it is run in"
        raise OmaError(message)
    version = parse_version(await tmux_version())
    check(version)
    access = Access(Path(us.server.socket_path), version)
    pid = os.environ["TMUX"].rsplit(",", 2)[1:2]
    return Inside(
        access=access,
        pane=us.pane if pane is None else parse_pane_id(pane),
        same_server=same_server(us, setting.socket),
        server_pid=int(pid[0]) if pid and pid[0].isdigit() else 0,
    )


def policy_of(layout: Layout, arrangement: str | None = None) -> Policy:
    """Return the policy that the configuration asks for, in another arrangement where given."""
    return Policy(
        arrangement=Arrangement(arrangement or layout.layout),
        main_percent=layout.main_pane_size,
        main_min_columns=layout.main_pane_min_width,
        agent_min_columns=layout.agent_pane_min_width,
        min_rows=layout.agent_pane_min_height,
        most_panes=layout.max_panes,
        enabled=layout.enabled,
        when_full=WhenFull(layout.when_full),
        defer_limit=layout.defer_limit,
        defer_s=layout.defer_seconds,
    )


def view_flags(layout: Layout) -> str:
    """Return the flags of the tmux clients in agent panes."""
    return READ_ONLY if layout.size == "fit" else f"{READ_ONLY},ignore-size"
