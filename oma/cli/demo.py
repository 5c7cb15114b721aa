"""`oma demo`: scripted agents of every health on a tmux server of its own, and the watch on it."""

import argparse
import os
import shlex
import shutil
import sys
from importlib.resources import as_file, files
from pathlib import Path

import attrs
import trio

from oma.cli.context import CliContext, read_context
from oma.cli.dashboard import DashboardFrontend
from oma.cli.exit_codes import DONE, ended_by
from oma.cli.live import Frontend, Run, recording_for
from oma.cli.signals import minding_signals
from oma.cli.watch import Printer
from oma.config.schema import Health
from oma.errors import OmaError
from oma.recording.files import RecordingFile
from oma.runtime.agents.spawn import COLUMNS, ROWS
from oma.runtime.client.server import START_S, socket_path
from oma.runtime.client.tmux_client import TmuxClient
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


def run(arguments: argparse.Namespace) -> int:
    """Start the agents, watch them, and end the server whatever happens."""
    bash = shutil.which("bash")
    if bash is None:
        message = "the demo's agents need bash"
        raise OmaError(message)
    server = ServerAddress(socket_name=f"oma-demo-{os.getpid()}", socket_path=None)
    context = read_context(arguments)
    context = attrs.evolve(
        context,
        server=server,
        socket=socket_path(server, os.environ),
        config=attrs.evolve(
            context.config,
            health=Health(idle_warning=IDLE_WARNING_S, idle_critical=IDLE_CRITICAL_S),
        ),
        match=None,
    )
    record = recording_for(arguments.record)
    with as_file(files("oma.cli").joinpath("demo_agents")) as scripts:
        return trio.run(_demo, context, arguments, record, bash, scripts)


def _frontend(context: CliContext, arguments: argparse.Namespace) -> Frontend:
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if terminal and not (arguments.watch or arguments.json):
        return DashboardFrontend(context, arguments.ascii).show
    return Printer(arguments.json).show


async def _demo(
    context: CliContext,
    arguments: argparse.Namespace,
    record: RecordingFile | None,
    bash: str,
    scripts: Path,
) -> int:
    run = Run(
        context=context,
        frontend=_frontend(context, arguments),
        record=record,
        duration_s=float("inf") if arguments.duration is None else arguments.duration,
    )
    code = DONE

    def end(number: int) -> None:
        nonlocal code
        code = ended_by(number)
        scope.cancel()

    try:
        # From before the first agent to after the last: the run minds signals for itself only.
        async with minding_signals(end):
            with trio.CancelScope() as scope:
                for name, process in _AGENTS.items():
                    await _start(context, name, process, [bash, str(scripts / f"{name}.sh")])
                print(
                    f"oma: {len(_AGENTS)} scripted agents on the server "
                    f"-L {context.server.socket_name}; Ctrl-C ends them",
                    file=sys.stderr,
                )
                code = await run.run()
    finally:
        with trio.CancelScope(shield=True):
            await TmuxClient(context.server).ask(KillServer())
            context.socket.unlink(missing_ok=True)
    return code


async def _start(context: CliContext, name: str, process: str, command: list[str]) -> None:
    session = f"{context.config.dashboard.session_prefix}{name}"
    line = f"exec -a {process} {shlex.join(command)}"
    program = [command[0], "-c", line]
    start = new_agent_session(session, program, "/", (COLUMNS, ROWS), {})
    # The person's own configuration may restore sessions, or start what the demo has no use for.
    # And a server whose start is broken off cannot be told to end: it does not listen yet.
    with trio.CancelScope(shield=True):
        client = TmuxClient(context.server, configuration=os.devnull)
        await client.run(start, START_S, f"to start {session}")
