"""The dashboard in a tmux session of its own: started where there is none, and shown here."""

import shlex
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import trio

from oma.errors import NoAnswerError, OmaError
from oma.model.ids import PaneId, SessionId
from oma.runtime.agents.respawn import respawn
from oma.runtime.client.pane_list import list_panes
from oma.runtime.client.server_finder import START_S, find_sessions
from oma.runtime.client.tmux_binary import with_tmux_binary
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.display.attach import own_client, runs_inside
from oma.runtime.display.own_sessions import DASHBOARD_SESSION
from oma.tmux.address import ServerAddress
from oma.tmux.commands.clients import AttachSession, ListClients, SwitchClient
from oma.tmux.commands.render import to_argv
from oma.tmux.new_sessions import new_dashboard_session

_FACTS = "#{session_name}/#{session_windows}/#{window_panes}/#{client_control_mode}/#{?client_last_session,1,0} "
_COMES_FROM_ELSEWHERE = f"{DASHBOARD_SESSION}/1/1/0/1 "


async def start_dashboard(
    server: ServerAddress,
    command: Sequence[str],
    variables: Mapping[str, str],
    name: str = DASHBOARD_SESSION,
) -> SessionId:
    """Return the session of the dashboard, or of the service; it is started where there is none.

    Args:
        server: Where.
        command: What runs in it.
        variables: Name → value, of a new session.
        name: Of the session.

    Raises:
        CommandError: tmux refused.
        OmaError: The session is gone again.
    """
    session = await _session(server, name)
    if session is not None:
        await _revive(server, session, command)
        return session
    await TmuxClient(server).run(new_dashboard_session(name, command, variables), START_S)
    session = await _session(server, name)
    if session is None:
        ran = "oma" if name == DASHBOARD_SESSION else "oma serve"
        message = f"the session {name} ended at once: try '{ran}' in this terminal"
        raise OmaError(message)
    return session


async def show_dashboard(
    server: ServerAddress, socket: Path, session: SessionId, environ: Mapping[str, str]
) -> int:
    """Show the session in this terminal; return the exit code of what shows it.

    Raises:
        CommandError: tmux refused.
        OmaError: We run in a pane of the server that no client shows.
    """
    if runs_inside(socket, environ):
        client = await own_client(server, environ)
        if client is None:
            raise OmaError(
                f"no client shows this pane; attach to the session {DASHBOARD_SESSION} yourself"
            )
        await TmuxClient(server).run(SwitchClient(client, session))
        return 0
    outside = {k: v for k, v in environ.items() if k not in {"TMUX", "TMUX_PANE"}}
    argv = with_tmux_binary(to_argv(AttachSession(session), server), environ)
    done = await trio.run_process(argv, stdin=None, check=False, env=outside)
    return done.returncode


async def leave_dashboard(server: ServerAddress, socket: Path, environ: Mapping[str, str]) -> None:
    """Let clients go back to the session that they came from, where that of the dashboard ends with us.

    tmux would end them with it. One that came from none goes back to the shell that started it. Of a server that
    hangs nobody is told anything: the dashboard was left, and that is no failure.
    """
    if not runs_inside(socket, environ):
        return
    client = TmuxClient(server)
    listed = ListClients(_FACTS + "#{client_tty}", PaneId(environ.get("TMUX_PANE", "")))
    with suppress(NoAnswerError):
        for line in (await client.ask(listed)).output.splitlines():
            if line.startswith(_COMES_FROM_ELSEWHERE):
                terminal = line.removeprefix(_COMES_FROM_ELSEWHERE)
                await client.ask(SwitchClient(terminal, None))


async def _session(server: ServerAddress, name: str) -> SessionId | None:
    rows = await find_sessions(server) or ()
    return next((row.session for row in rows if row.name == name), None)


async def _revive(server: ServerAddress, session: SessionId, command: Sequence[str]) -> None:
    """Start the dashboard again where its pane has stayed without it (remain-on-exit)."""
    panes = [row for row in await list_panes(server) if row.session == session]
    first = min(panes, key=lambda row: int(row.pane[1:]), default=None)
    if first is not None and first.dead:
        await respawn(server, first.pane, shlex.join(command))
