"""`oma up`: the dashboard in a tmux session of its own, and that session in this terminal.

Where no service runs it is started, too, in another session. With a file the agents are brought to what it says.
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
from oma.cli.fleet_plan import FleetStep
from oma.cli.fleet_up import FleetStarter
from oma.cli.option_values import DashboardOptions
from oma.cli.watching import runs_service
from oma.config.agents_file import fleet_from_mapping
from oma.config.load import read_toml
from oma.errors import ConfigError, OmaError, UnsavedWorkError
from oma.model.printable import printable
from oma.runtime.agents.spawn import variables_of
from oma.runtime.client.tmux_binary import VARIABLE, tmux_binary
from oma.runtime.client.working_directory import absolute
from oma.runtime.display.dashboard_session import show_dashboard, start_dashboard
from oma.runtime.display.own_sessions import SERVICE_SESSION


@attrs.frozen(kw_only=True)
class UpOptions(DashboardOptions):
    """What is brought up: the dashboard, or the agents of a file."""

    fleet: str | None = None
    plan: bool = False
    restart: bool = False
    prune: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the dashboard, and of a fleet."""
    parser.add_argument(
        "fleet", nargs="?", metavar="FILE", help="bring the agents to what this says, no dashboard"
    )
    add_flag(parser, "--plan", "only say what becomes of each agent")
    add_flag(parser, "--restart", "restart agents that differ or have ended, after one question")
    add_flag(
        parser,
        "--prune",
        "end agents that the file does not name, as 'oma rm' does, after one question",
    )
    add_dashboard_options(parser, "the dashboard")


def run(options: UpOptions) -> int:
    """Start the session where there is none, and show it; or bring agents to what a file says.

    Raises:
        ConfigError: There is no terminal to show it in, or the file is wrong.
        OmaError: The answer was no: nothing was done.
    """
    if options.fleet is not None:
        return trio.run(_up_fleet, read_context(options), Path(options.fleet), options)
    for name in ("plan", "restart", "prune"):
        if getattr(options, name):
            raise ConfigError(f"oma up: --{name} is for the file of a fleet")
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


async def _up_fleet(context: CliContext, file: Path, options: UpOptions) -> int:
    path = absolute(file)
    agents = fleet_from_mapping(read_toml(path), str(file))
    starter = FleetStarter(context, path.parent)
    steps = await starter.plan(agents, restart=options.restart, prune=options.prune)
    if options.plan:
        print("\n".join(printable(step.words) for step in steps))
        return DONE
    _ask([step for step in steps if step.is_asked])
    code = DONE
    for step in steps:
        try:
            print(printable(await starter.carry_out(step)), flush=True)
        except OmaError as error:
            lines = error.lines if isinstance(error, UnsavedWorkError) else ()
            told = f"oma: {printable(step.session)}: {printable(str(error))}"
            print(*lines, told, sep="\n", file=sys.stderr)
            code = FAILED
    return code


def _ask(steps: Sequence[FleetStep]) -> None:
    """Name what is restarted and ended, and ask whether that is meant; only `y` is yes."""
    if not steps:
        return
    for step in steps:
        print(printable(step.words), file=sys.stderr)
    print("is that meant? [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in {"y", "yes"}:
        raise OmaError("nothing was done")


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
