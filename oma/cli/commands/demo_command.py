"""`oma demo`: scripted agents of every health on a tmux server of its own, and the watch on it."""

import argparse
import os
import shlex
import shutil
import sys
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path

import attrs
import trio

from oma.cli.arguments import add_duration, add_flag, add_json, add_record
from oma.cli.cli_context import CliContext, read_context
from oma.cli.dashboard_frontend import DashboardFrontend
from oma.cli.live import Frontend, Run, recording_for
from oma.cli.option_values import GlobalOptions
from oma.cli.stop_signals import run_with_signals
from oma.cli.transition_printer import TransitionPrinter
from oma.config.schema import HealthSection
from oma.errors import OmaError
from oma.runtime.agents.spawn import COLUMNS, ROWS
from oma.runtime.client.server_finder import START_S
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.client.tmux_socket import socket_path
from oma.tmux.address import ServerAddress
from oma.tmux.commands.sessions import KillServer
from oma.tmux.new_sessions import new_agent_session

_AGENTS = {
    "builder": "bash",
    "quiet": "bash",
    "asks": "claude",
    "limited": "claude",
    "fails": "bash",
    "leaves": "bash",
}
"""Script → the name under which its process runs."""

IDLE_WARNING_S, IDLE_CRITICAL_S = 6.0, 20.0
"""So that a newcomer sees an agent fall silent without waiting five minutes."""


@attrs.frozen(kw_only=True)
class DemoOptions(GlobalOptions):
    """How long the demo runs, and what shows it."""

    duration: float = float("inf")
    json: bool = False
    watch: bool = False
    record: str | None = None
    ascii: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma demo`."""
    add_duration(parser)
    add_json(parser)
    add_flag(parser, "--watch", "print the changes, as without a terminal")
    add_record(parser)
    add_flag(parser, "--ascii", "draw in ASCII")


def run(options: DemoOptions) -> int:
    """Start the agents, watch them, and end the server whatever happens."""
    bash = shutil.which("bash")
    if bash is None:
        raise OmaError("the demo's agents need bash")
    server = ServerAddress(socket_name=f"oma-demo-{os.getpid()}", socket_path=None)
    context = read_context(options)
    context = attrs.evolve(
        context,
        server=server,
        socket=socket_path(server, os.environ),
        config=attrs.evolve(
            context.config,
            health=HealthSection(idle_warning=IDLE_WARNING_S, idle_critical=IDLE_CRITICAL_S),
        ),
        match=None,
    )
    watch = Run(
        context=context,
        frontend=_frontend(context, options),
        record=recording_for(options.record),
        duration_s=options.duration,
    )
    with as_file(files("oma.cli").joinpath("demo_agents")) as scripts:
        return trio.run(_demo, watch, bash, scripts)


def _frontend(context: CliContext, options: DemoOptions) -> Frontend:
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if terminal and not (options.watch or options.json):
        return DashboardFrontend(context, options.ascii).show
    return TransitionPrinter(options.json).show


async def _demo(watch: Run, bash: str, scripts: Path) -> int:
    context = watch.context
    try:
        # From before the first agent to after the last: the run handles signals for itself only.
        return await run_with_signals(partial(_watch_agents, watch, bash, scripts))
    finally:
        with trio.CancelScope(shield=True):
            await TmuxClient(context.server).ask(KillServer())
            context.socket.unlink(missing_ok=True)


async def _watch_agents(watch: Run, bash: str, scripts: Path) -> int:
    for name, process in _AGENTS.items():
        await _start(watch.context, name, process, [bash, str(scripts / f"{name}.sh")])
    print(
        f"oma: {len(_AGENTS)} scripted agents on the server "
        f"-L {watch.context.server.socket_name}; Ctrl-C ends them",
        file=sys.stderr,
    )
    return await watch.run()


async def _start(context: CliContext, name: str, process: str, command: list[str]) -> None:
    session = f"{context.config.dashboard.session_prefix}{name}"
    line = f"exec -a {process} {shlex.join(command)}"
    program = [command[0], "-c", line]
    start = new_agent_session(session, program, "/", (COLUMNS, ROWS), {})
    # The user's own configuration may restore sessions, or start what the demo has no use for.
    # And a server whose start is broken off cannot be told to end: it does not listen yet.
    with trio.CancelScope(shield=True):
        client = TmuxClient(context.server, configuration=os.devnull)
        await client.run(start, START_S, f"to start {session}")
