"""`oma`: the live dashboard."""

import argparse
import os

import attrs
import trio

from oma.cli.arguments import add_dashboard_options
from oma.cli.cli_context import CliContext, read_context
from oma.cli.dashboard_frontend import DashboardFrontend
from oma.cli.dashboard_terminal import need_terminal
from oma.cli.live import Run, recording_for
from oma.cli.option_values import DashboardOptions, ServeOptions
from oma.cli.web_extra import serving_for
from oma.model.ids import PaneId
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.display.attach import runs_inside
from oma.runtime.display.dashboard_session import OWN_SESSIONS
from oma.tmux.commands.control import Print


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the dashboard."""
    add_dashboard_options(parser, "the dashboard")


def run(options: DashboardOptions) -> int:
    """Show the dashboard until the user leaves it.

    Raises:
        ConfigError: There is no terminal to show it on.
    """
    need_terminal()
    return trio.run(_run, read_context(options), options)


async def _run(context: CliContext, options: DashboardOptions) -> int:
    exclude, is_watched = OWN_SESSIONS, context.watched
    pane = os.environ.get("TMUX_PANE")
    if pane is not None and runs_inside(context.socket, os.environ):
        # A dashboard that watched its own session would see itself draw, and draw that.
        answer = await TmuxClient(context.server).ask(Print("#{session_name}", PaneId(pane)))
        own = answer.output.strip()
        exclude |= {own}
        if own not in OWN_SESSIONS and is_watched(own):  # the service would show it to itself
            context = attrs.evolve(context, no_service=True)
    context = attrs.evolve(context, exclude=exclude)
    web = serving_for(context, ServeOptions(port=options.web_port)) if options.web else None
    frontend = DashboardFrontend(context, options.ascii, web)
    return await Run(
        context=context,
        frontend=frontend.show,
        record=recording_for(options.record),
        samples_processes=False,
        holds_terminal=True,
        uses_service=True,
        on_shutdown=frontend.undo,
    ).run()
