"""The live dashboard as a run: what is watched, and what is done beside."""

import os

import attrs
import trio

from oma.cli.cli_context import CliContext, read_context
from oma.cli.dashboard_frontend import DashboardFrontend
from oma.cli.dashboard_terminal import TakenTerminal
from oma.cli.live import Run, recording_for
from oma.cli.option_values import DashboardOptions, ServeOptions
from oma.cli.web_extra import serving_for
from oma.model.ids import PaneId
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.display.attach import runs_inside
from oma.runtime.display.dashboard_session import leave_dashboard
from oma.runtime.display.own_sessions import OWN_SESSIONS
from oma.tmux.commands.control import Print


def show_dashboard(options: DashboardOptions, terminal: TakenTerminal | None) -> int:
    """Show the dashboard until the user leaves it; return the exit code.

    Args:
        options: As the command line has them.
        terminal: That is taken already, and is given back.
    """
    return trio.run(_show, read_context(options), options, terminal)


async def _show(
    context: CliContext, options: DashboardOptions, terminal: TakenTerminal | None
) -> int:
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
    frontend = DashboardFrontend(context, options.ascii, web, terminal)
    code = await Run(
        context=context,
        frontend=frontend.show,
        record=recording_for(options.record),
        samples_processes=False,
        holds_terminal=True,
        uses_service=True,
        on_shutdown=frontend.undo,
    ).run()
    await leave_dashboard(context.server, context.socket, os.environ)
    return code
