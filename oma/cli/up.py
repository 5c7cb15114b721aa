"""`oma up`: the dashboard in a tmux session of its own, and that session in this terminal."""

import argparse
import os
import shlex
import sys

import trio

from oma.cli.context import CliContext, read_context
from oma.cli.dashboard import SESSION, need_terminal
from oma.errors import OmaError
from oma.model.ids import SessionId
from oma.runtime.agents.lookup import list_panes
from oma.runtime.agents.respawn import respawn
from oma.runtime.agents.spawn import variables_of
from oma.runtime.client.server import START_S, find_sessions
from oma.runtime.client.tmux_binary import VARIABLE, tmux_binary, with_tmux_binary
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.client.working_directory import absolute
from oma.runtime.display.attach import own_client, runs_inside
from oma.tmux.commands.clients import AttachSession, SwitchClient
from oma.tmux.commands.render import to_argv
from oma.tmux.new_sessions import new_dashboard_session


def run(arguments: argparse.Namespace) -> int:
    """Start the session where there is none, and show it.

    Raises:
        ConfigError: There is no terminal to show it in.
    """
    need_terminal()
    return trio.run(_up, read_context(arguments), arguments)


async def _up(context: CliContext, arguments: argparse.Namespace) -> int:
    session = await _session(context)
    if session is None:
        # The session has the environment of its server, not ours.
        variables = variables_of(context.config.agent.env, os.environ)
        start = new_dashboard_session(SESSION, _command(context, arguments), variables)
        await TmuxClient(context.server).run(start, START_S)
        session = await _session(context)
    else:
        await _revive(context, session, arguments)
    if session is None:
        message = f"the session {SESSION} ended at once: try 'oma' in this terminal"
        raise OmaError(message)
    if runs_inside(context.socket, os.environ):
        client = await own_client(context.server, os.environ)
        if client is None:
            message = f"no client shows this pane; attach to the session {SESSION} yourself"
            raise OmaError(message)
        await TmuxClient(context.server).run(SwitchClient(client, session))
        return 0
    outside = {k: v for k, v in os.environ.items() if k not in {"TMUX", "TMUX_PANE"}}
    argv = with_tmux_binary(to_argv(AttachSession(session), context.server), os.environ)
    done = await trio.run_process(argv, stdin=None, check=False, env=outside)
    return done.returncode


async def _session(context: CliContext) -> SessionId | None:
    rows = await find_sessions(context.server) or ()
    return next((row.session for row in rows if row.name == SESSION), None)


async def _revive(context: CliContext, session: SessionId, arguments: argparse.Namespace) -> None:
    """Start the dashboard again where its pane has stayed without it (remain-on-exit)."""
    panes = [row for row in await list_panes(context.server) if row.session == session]
    first = min(panes, key=lambda row: int(row.pane[1:]), default=None)
    if first is not None and first.dead:
        command = shlex.join(_command(context, arguments))
        await respawn(context.server, first.pane, command)


def _command(context: CliContext, arguments: argparse.Namespace) -> list[str]:
    """Return what runs the dashboard with our own options."""
    options = context.server.argv()
    if context.config_path is not None:
        options += ["--config", str(absolute(context.config_path))]
    if context.match is not None:
        options += ["--match", context.match]
    if arguments.record is not None:
        options += ["--record", str(absolute(arguments.record))]
    if arguments.ascii:
        options += ["--ascii"]
    if arguments.web:
        options += ["--web", "--web-port", str(arguments.web_port)]
    # -P: nothing is imported from the directory that it starts in. A pane has the environment of its
    # server, not ours.
    program = [f"{VARIABLE}={tmux_binary(os.environ)}"] if os.environ.get(VARIABLE) else []
    return ["env", *program, sys.executable, "-P", "-m", "oma", *options]
