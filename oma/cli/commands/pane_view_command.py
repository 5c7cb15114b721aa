"""`oma pane-view`: what runs in the panes that show an agent which is one pane of a user's session."""

import argparse
import os
import sys
import termios
from pathlib import Path

import attrs
import trio

from oma.cli.option_values import GlobalOptions
from oma.cli.pane_viewer import PaneViewer, access_to
from oma.cli.stop_signals import run_with_signals
from oma.errors import OmaError
from oma.model.ids import PaneId, parse_pane_id
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.client.tmux_socket import socket_path
from oma.runtime.display.session_view import ended_view_argv, our_pane
from oma.tmux.address import ServerAddress
from oma.tmux.commands.panes import SelectPane


@attrs.frozen(kw_only=True)
class PaneViewOptions(GlobalOptions):
    """Which pane is shown, and what becomes of the terminal then."""

    pane: str
    mark: str = ""
    """Of no meaning here: it is read by who looks for panes of ours."""
    stay: str | None = None
    """The name of the agent: take keys, and say in the end that it is not shown any more."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma pane-view`."""
    parser.add_argument("pane", metavar="%N")
    parser.add_argument("--mark", default="")
    parser.add_argument("--stay", metavar="NAME")


def run(options: PaneViewOptions) -> int:
    """Show the pane until it is gone, or the terminal is.

    Raises:
        OmaError: There is no such pane, or it cannot be shown here.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise OmaError("pane-view needs a terminal")
    pane = parse_pane_id(options.pane)
    socket = socket_path(ServerAddress(options.socket_name, options.socket_path), os.environ)
    try:
        code = trio.run(_show, socket, pane, options.stay is None)
    except OmaError:
        if options.stay is None:
            raise
        code = 0
    if options.stay is not None and code == 0:
        words = ended_view_argv(options.stay)
        os.execv(words[0], words)
    return code


async def _show(socket: Path, pane: PaneId, only_shows: bool) -> int:  # noqa: FBT001
    if only_shows:
        await _take_no_keys()
    viewer = PaneViewer(await access_to(socket), pane)
    return await run_with_signals(viewer.run, holds_terminal=True)


async def _take_no_keys() -> None:
    """Have our own pane take no keys, so that none is typed into the agent; throw away those that came.

    Raises:
        CommandError: tmux refused: nothing is shown then.
    """
    us = our_pane(os.environ)
    if us is not None:
        await TmuxClient(us.server).run(SelectPane(us.pane, enable_keys=False))
        termios.tcflush(0, termios.TCIFLUSH)
