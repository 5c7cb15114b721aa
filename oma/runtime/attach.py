"""Gives the person's terminal to an agent: by switching their tmux client, or by a client of ours.

Inside the agent's own tmux server a nested client would be refused, and is not what a person wants;
everywhere else tmux runs in this terminal until the person detaches, and the agent then gets its
size back: tmux leaves a window at the size of its last viewer.
"""

import os
from collections.abc import Mapping
from pathlib import Path

import trio

from oma.errors import CommandError
from oma.runtime.server import run_tmux
from oma.tmux.invocation import (
    ServerAddress,
    attach_argv,
    clients_argv,
    restore_size_argv,
    switch_argv,
    window_size_argv,
)
from oma.tmux.queries import PaneRow


def runs_inside(socket: Path, environ: Mapping[str, str]) -> bool:
    """Say whether this process runs in a pane of the server of that socket."""
    ours = environ.get("TMUX", "").rsplit(",", 2)[0]
    return bool(ours) and os.path.realpath(ours) == os.path.realpath(socket)


async def own_client(server: ServerAddress, environ: Mapping[str, str]) -> str | None:
    """Return the terminal of the client that shows the pane we run in; `None` when nobody looks.

    Control clients are never it: commands for a person's client can hang or end the server there
    (tmux issue 5551).
    """
    answer = await run_tmux(clients_argv(server, environ.get("TMUX_PANE", "")))
    found = [line.split(" ", 2) for line in answer.output.splitlines() if answer.status == 0]
    people = [(int(at), tty) for control, at, tty in found if control == "0"]
    return max(people)[1] if people else None


async def switch_to(server: ServerAddress, pane: PaneRow, environ: Mapping[str, str]) -> None:
    """Show the agent in the person's client instead of us.

    Raises:
        CommandError: tmux refused, or nobody looks at us.
    """
    client = await own_client(server, environ)
    if client is None:
        message = "no client shows this pane"
        raise CommandError(message)
    answer = await run_tmux(switch_argv(server, pane.session, client))
    if answer.status != 0:
        message = f"tmux refused to switch to {pane.session_name}: {answer.complaint}"
        raise CommandError(message)


async def hand_over(server: ServerAddress, pane: PaneRow, environ: Mapping[str, str]) -> int:
    """Run a client of the agent in this terminal until the person detaches; return its status.

    Raises:
        CommandError: There is no such agent any more.
    """
    answer = await run_tmux(window_size_argv(server, pane.window))
    if answer.status != 0:
        message = f"tmux does not show {pane.session_name}: {answer.complaint}"
        raise CommandError(message)
    *own, size = answer.output.split("\n")[:-1]
    outside = {name: value for name, value in environ.items() if name not in {"TMUX", "TMUX_PANE"}}
    try:
        done = await trio.run_process(
            attach_argv(server, pane.session), stdin=None, check=False, env=outside
        )
    finally:
        if not any(own):
            columns, rows = map(int, size.split())
            with trio.CancelScope(shield=True):
                await run_tmux(restore_size_argv(server, pane.window, columns, rows))
    return done.returncode
