"""`oma up`: the dashboard in a tmux session of its own, and that session in this terminal."""

import argparse
import os
import shlex
import sys

import trio

from oma.cli.dashboard import SESSION, need_terminal
from oma.cli.setting import Setting, read_setting
from oma.errors import OmaError
from oma.model.ids import SessionId
from oma.runtime.agents.lookup import list_panes
from oma.runtime.agents.respawn import respawn
from oma.runtime.agents.spawn import variables_of
from oma.runtime.client.server import START_S, find_sessions
from oma.runtime.client.tmux_binary import VARIABLE, tmux_binary, with_tmux_binary
from oma.runtime.client.tmux_client import run_tmux
from oma.runtime.client.working_directory import absolute
from oma.runtime.display.attach import own_client, runs_inside
from oma.tmux.invocation import attach_argv, new_dashboard_argv, switch_argv


def run(arguments: argparse.Namespace) -> int:
    """Start the session where there is none, and show it.

    Raises:
        ConfigError: There is no terminal to show it in.
    """
    need_terminal()
    return trio.run(_up, read_setting(arguments), arguments)


async def _up(setting: Setting, arguments: argparse.Namespace) -> int:
    session = await _session(setting)
    if session is None:
        # The session has the environment of its server, not ours.
        variables = variables_of(setting.config.agent.env, os.environ)
        argv = new_dashboard_argv(setting.server, SESSION, _command(setting, arguments), variables)
        await _run(argv)
        session = await _session(setting)
    else:
        await _revive(setting, session, arguments)
    if session is None:
        message = f"the session {SESSION} ended at once: try 'oma' in this terminal"
        raise OmaError(message)
    if runs_inside(setting.socket, os.environ):
        client = await own_client(setting.server, os.environ)
        if client is None:
            message = f"no client shows this pane; attach to the session {SESSION} yourself"
            raise OmaError(message)
        await _run(switch_argv(setting.server, session, client))
        return 0
    outside = {k: v for k, v in os.environ.items() if k not in {"TMUX", "TMUX_PANE"}}
    argv = with_tmux_binary(attach_argv(setting.server, session), os.environ)
    done = await trio.run_process(argv, stdin=None, check=False, env=outside)
    return done.returncode


async def _session(setting: Setting) -> SessionId | None:
    rows = await find_sessions(setting.server) or ()
    return next((row.session for row in rows if row.name == SESSION), None)


async def _revive(setting: Setting, session: SessionId, arguments: argparse.Namespace) -> None:
    """Start the dashboard again where its pane has stayed without it (remain-on-exit)."""
    panes = [row for row in await list_panes(setting.server) if row.session == session]
    first = min(panes, key=lambda row: int(row.pane[1:]), default=None)
    if first is not None and first.dead:
        command = shlex.join(_command(setting, arguments))
        await respawn(setting.server, first.pane, command)


async def _run(argv: list[str]) -> None:
    answer = await run_tmux(argv, START_S)
    if answer.status != 0:
        message = f"tmux refused: {answer.complaint}"
        raise OmaError(message)


def _command(setting: Setting, arguments: argparse.Namespace) -> list[str]:
    """Return what runs the dashboard with our own options."""
    options = setting.server.argv()
    if setting.config_path is not None:
        options += ["--config", str(absolute(setting.config_path))]
    if setting.match is not None:
        options += ["--match", setting.match]
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
