"""Finds the tmux server, or waits for one. Nothing here ever starts one.

A socket file outlives its server, so its presence proves nothing: tmux is asked, with `-N`, which keeps
it from starting a server. While there is none, only the status of the socket file is read, and tmux is
asked again when that has changed.
"""

import math
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import attrs
import trio

from oma.errors import CommandError, NoAnswerError
from oma.model.ids import SessionId
from oma.runtime.client.tmux_client import PATIENCE_S, TmuxClient, run_tmux
from oma.tmux.address import TMUX, ServerAddress
from oma.tmux.queries.session_rows import LIST_SESSIONS, SessionRow, parse_sessions

LOOK_EVERY_S = 0.25
"""How often the socket's status is looked at while there is no server: one `stat` call."""

ASK_AGAIN_S = 1.0
"""How long after a change of the socket tmux is asked at each look: it listens a moment later."""

ASK_ANYWAY_S = 10.0
"""How often tmux is asked although nothing changed, in case a status call does not tell."""

START_S = 60.0
"""The same where a server may have to start: a user's configuration may run programs first."""

VERSION_S = 60.0
"""How long a tmux may take to tell its version: it asks no server, and a machine that is overloaded is no
reason to end."""


@attrs.frozen
class AttachTarget:
    """Where the hub attaches, and what there is."""

    session: SessionId
    server_pid: int
    server_version: str


async def tmux_version() -> str:
    """Return tmux's own name for its version, such as `3.3a`.

    Raises:
        OmaError: There is no such tmux, or it does not answer.
    """
    answer = await run_tmux([TMUX, "-V"], VERSION_S)
    return answer.output.strip().removeprefix("tmux ")


async def find_sessions(
    server: ServerAddress, patience_s: float = PATIENCE_S
) -> tuple[SessionRow, ...] | None:
    """Return the sessions of the server; `None` when there is no server.

    Raises:
        NoAnswerError: The server does not answer.
    """
    try:
        output = await TmuxClient(server).run(LIST_SESSIONS, patience_s)
    except NoAnswerError:
        raise
    except CommandError:
        return None
    return parse_sessions(output.split("\n"))


def choose_attach_target(
    sessions: tuple[SessionRow, ...], watched: Callable[[str], bool]
) -> SessionId | None:
    """Return the session that the hub can attach to with the least effect; `None` when none.

    A session that dies with its last client is never chosen. One that is no agent comes first:
    agents end more often.
    """
    fit = [row for row in sessions if not row.destroy_unattached]
    fit.sort(key=lambda row: (watched(row.name), int(row.session[1:])))
    return fit[0].session if fit else None


async def wait_for_attach_target(
    server: ServerAddress,
    socket: Path,
    watched: Callable[[str], bool],
    on_absent: Callable[[str], None],
    on_homeless: Callable[[SessionRow], Awaitable[None]],
) -> AttachTarget:
    """Wait until there is a server with a session for the hub.

    Args:
        server: Which one.
        socket: The file of its socket.
        watched: Whether a session of this name is an agent.
        on_absent: Told why there is no server, or nothing on it.
        on_homeless: Told a session of a server, again and again, while each of its sessions
            would end when the hub leaves it.
    """
    seen: tuple[int, int] | None = None
    ask_until_s = asked_s = -math.inf
    ask_anyway_s = ASK_ANYWAY_S
    while True:
        now_s = trio.current_time()
        status = _status(socket)
        if status != seen:
            seen, ask_until_s = status, now_s + ASK_AGAIN_S
        if now_s <= ask_until_s or now_s >= asked_s + ask_anyway_s:
            asked_s = now_s
            sessions = await find_sessions(server, math.inf)  # one that hangs may come back
            home = choose_attach_target(sessions, watched) if sessions else None
            if sessions and home is not None:
                return AttachTarget(home, sessions[0].server_pid, sessions[0].server_version)
            # The socket tells nothing of new sessions.
            ask_anyway_s = ASK_ANYWAY_S if sessions is None else ASK_AGAIN_S
            if sessions:
                await on_homeless(sessions[0])
            else:
                on_absent(
                    "no tmux server" if sessions is None else "no session on the tmux server"
                )
        await trio.sleep(LOOK_EVERY_S)


def _status(socket: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(socket)
    except OSError:
        return None
    return (found.st_ino, found.st_ctime_ns)
