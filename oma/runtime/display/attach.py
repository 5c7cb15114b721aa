"""Gives the user's terminal to an agent: by switching their tmux client, or by a client of ours.

Inside the agent's own tmux server a nested client would be refused, and is not what a user wants;
everywhere else tmux runs in this terminal until the user detaches, and the agent then gets its
size back, also when we or the terminal are killed (`oma.runtime.display.session_view`). After a switch nothing of
ours is there to see the user leave: the agent gets its size back when the next view of any agent
ends, or a dashboard starts.
"""

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import trio

from oma.errors import CommandError, OmaError
from oma.model.ids import PaneId, SessionId
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.client.tmux_socket import socket_path
from oma.runtime.display import session_view
from oma.tmux.address import ServerAddress
from oma.tmux.commands.clients import DetachClient, ListClients

LEAVE_S = 3.0
"""How long tmux may take to send the client of a view away; a server that hangs does not answer."""

SETTLE_S = 20.0
"""How long a view may take then to give the size back, by several processes on a loaded machine."""


def runs_inside(socket: Path, environ: Mapping[str, str]) -> bool:
    """Say whether this process runs in a pane of the server of that socket."""
    us = session_view.our_pane(environ)
    return us is not None and session_view.same_server(us, socket)


async def own_client(server: ServerAddress, environ: Mapping[str, str]) -> str | None:
    """Return the terminal of the client that shows the pane we run in; `None` when nobody looks.

    Control clients are never it: commands for a user's client can hang or end the server there
    (tmux issue 5551).
    """
    form = "#{client_control_mode} #{client_activity} #{client_tty}"
    clients = ListClients(form, PaneId(environ.get("TMUX_PANE", "")))
    answer = await TmuxClient(server).ask(clients)
    found = [line.split(" ", 2) for line in answer.output.splitlines() if answer.status == 0]
    people = [(int(at), tty) for control, at, tty in found if control == "0"]
    return max(people)[1] if people else None


async def switch_to(server: ServerAddress, session: SessionId, environ: Mapping[str, str]) -> None:
    """Show the agent in the user's client instead of us.

    Raises:
        CommandError: tmux refused, or nobody looks at us.
    """
    client = await own_client(server, environ)
    if client is None:
        raise CommandError("no client shows this pane")
    await session_view.switch_view(socket_path(server, environ), client, session, "")


async def hand_over(
    server: ServerAddress, session: SessionId, environ: Mapping[str, str], flags: str = ""
) -> int:
    """Run a client of the agent in this terminal until the user detaches; return its status.

    Args:
        server: Of the agent.
        session: The agent's.
        environ: Ours; says where the server's socket is.
        flags: As of `view_argv`.

    Raises:
        CommandError: There is no such agent any more, or it would end with the view.
    """
    socket = socket_path(server, environ)
    await session_view.check_can_be_shown(socket, session, session_view.our_pane(environ))
    argv = session_view.view_argv(socket, session, flags)
    terminal = os.ttyname(sys.stdin.fileno())  # one that is closed has no name any more

    async def leave(process: trio.Process) -> None:
        # The view minds no signal, so that it can give the size back: its client is sent away.
        with suppress(OmaError), trio.move_on_after(SETTLE_S):
            await TmuxClient(server).ask(DetachClient(terminal), LEAVE_S)
            await process.wait()
        process.kill()

    done = await trio.run_process(argv, stdin=None, check=False, deliver_cancel=leave)
    return done.returncode
