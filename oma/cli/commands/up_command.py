"""`oma up`: the dashboard in a tmux session of its own, and that session in this terminal.

Where no service runs it is started, too, in another session.
"""

import argparse
import os
import sys
from collections.abc import Sequence

import trio

from oma.cli.arguments import add_dashboard_options
from oma.cli.cli_context import CliContext, read_context
from oma.cli.dashboard_terminal import need_terminal
from oma.cli.option_values import DashboardOptions
from oma.cli.watching import runs_service
from oma.runtime.agents.spawn import variables_of
from oma.runtime.client.tmux_binary import VARIABLE, tmux_binary
from oma.runtime.client.working_directory import absolute
from oma.runtime.display.dashboard_session import (
    SERVICE_SESSION,
    show_dashboard,
    start_dashboard,
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the dashboard."""
    add_dashboard_options(parser, "the dashboard")


def run(options: DashboardOptions) -> int:
    """Start the session where there is none, and show it.

    Raises:
        ConfigError: There is no terminal to show it in.
    """
    need_terminal()
    return trio.run(_up, read_context(options), options)


async def _up(context: CliContext, options: DashboardOptions) -> int:
    # The session has the environment of its server, not ours.
    variables = variables_of(context.config.agent.env, os.environ)
    if not context.no_service and not await runs_service(context):
        serve = _program([*context.argv(), "serve"])
        await start_dashboard(context.server, serve, variables, SERVICE_SESSION)
    session = await start_dashboard(context.server, _command(context, options), variables)
    return await show_dashboard(context.server, context.socket, session, os.environ)


def _command(context: CliContext, options: DashboardOptions) -> list[str]:
    """Return what runs the dashboard with our own options."""
    words = context.argv()
    if options.record is not None:
        words += ["--record", str(absolute(options.record))]
    if options.ascii:
        words += ["--ascii"]
    if options.web:
        words += ["--web", "--web-port", str(options.web_port)]
    if options.ssh is not None:
        words += ["--ssh", options.ssh]
    if options.hosts:
        words += ["--hosts"]
    return _program(words)


def _program(words: Sequence[str]) -> list[str]:
    """Return what runs `oma` with these words in a pane."""
    # -P: nothing is imported from the directory that it starts in. A pane has the environment of its
    # server, not ours.
    program = [f"{VARIABLE}={tmux_binary(os.environ)}"] if os.environ.get(VARIABLE) else []
    return ["env", *program, sys.executable, "-P", "-m", "oma", *words]
