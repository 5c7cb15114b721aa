"""`oma up`: the dashboard in a tmux session of its own, and that session in this terminal.

Where no service runs it is started, too, in another session. With a file the agents that it names are started.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import attrs
import trio

from oma.cli.arguments import add_dashboard_options, add_flag
from oma.cli.cli_context import CliContext, read_context
from oma.cli.dashboard_terminal import need_terminal
from oma.cli.exit_codes import DONE, FAILED
from oma.cli.fleet_up import MISSING, FleetStarter
from oma.cli.option_values import DashboardOptions
from oma.cli.watching import runs_service
from oma.config.agents_file import fleet_from_mapping
from oma.config.load import read_toml
from oma.errors import ConfigError, OmaError
from oma.model.printable import printable
from oma.runtime.agents.spawn import variables_of
from oma.runtime.client.tmux_binary import VARIABLE, tmux_binary
from oma.runtime.client.working_directory import absolute
from oma.runtime.display.dashboard_session import (
    SERVICE_SESSION,
    show_dashboard,
    start_dashboard,
)


@attrs.frozen(kw_only=True)
class UpOptions(DashboardOptions):
    """What is brought up: the dashboard, or the agents of a file."""

    fleet: str | None = None
    plan: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the dashboard, and of a fleet."""
    parser.add_argument(
        "fleet", nargs="?", metavar="FILE", help="start the agents of this fleet, no dashboard"
    )
    add_flag(parser, "--plan", "only say what would be started")
    add_dashboard_options(parser, "the dashboard")


def run(options: UpOptions) -> int:
    """Start the session where there is none, and show it; or start the agents of a file.

    Raises:
        ConfigError: There is no terminal to show it in, or the file is wrong.
    """
    if options.fleet is not None:
        return trio.run(_up_fleet, read_context(options), Path(options.fleet), options.plan)
    if options.plan:
        raise ConfigError("oma up: --plan is for the file of a fleet")
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


async def _up_fleet(context: CliContext, file: Path, only_plan: bool) -> int:  # noqa: FBT001
    path = absolute(file)
    agents = fleet_from_mapping(read_toml(path), str(file))
    starter = FleetStarter(context, path.parent)
    for agent in agents:
        starter.command(agent)  # an unknown profile is refused before anything runs
    code = DONE
    for step in await starter.plan(agents):
        if only_plan or step.what != MISSING or step.agent is None:
            print(printable(f"{step.session} {step.what}"))
            continue
        try:
            print(printable(await starter.start(step.session, step.agent)))
        except OmaError as error:
            print(f"oma: {printable(step.session)}: {printable(str(error))}", file=sys.stderr)
            code = FAILED
    return code


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
