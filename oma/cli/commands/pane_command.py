"""`oma pane`: a program in a pane of its own beside this one, under the same minimums as agents."""

import argparse
import shutil

import attrs
import trio

from oma.cli.arguments import add_command
from oma.cli.cli_context import read_context
from oma.cli.exit_codes import DONE
from oma.cli.option_values import GlobalOptions
from oma.cli.tiling_policy import policy_of
from oma.errors import ConfigError
from oma.model.ids import PaneId
from oma.runtime.client.working_directory import working_directory
from oma.runtime.display.host_pane import find_host_pane
from oma.runtime.display.program_pane import open_program_pane
from oma.runtime.display.tiled_window import UserProgram


@attrs.frozen(kw_only=True)
class PaneOptions(GlobalOptions):
    """Which program is run."""

    command: tuple[str, ...] = ()
    title: str | None = None
    detach: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma pane`."""
    parser.add_argument("--title", metavar="T", help="of the pane")
    parser.add_argument("-d", dest="detach", action="store_true", help="stay in this pane")
    add_command(parser)


def run(options: PaneOptions) -> int:
    """Run the program and print the id of its pane.

    Raises:
        ConfigError: No command is given, or there is no such program.
        OmaError: Not inside tmux, or there is no room.
    """
    command = options.command
    if not command:
        raise ConfigError("oma pane: give a command after --")
    if len(command) > 1 and shutil.which(command[0]) is None:
        raise ConfigError(f"command {command[0]!r}: not found on PATH")
    context = read_context(options)
    program = UserProgram(command, options.title or "", str(working_directory()))

    async def open_pane() -> PaneId:
        host = await find_host_pane(context.socket, "oma pane")
        policy = policy_of(context.config.layout)
        return await open_program_pane(
            host, context.socket, policy, program, select=not options.detach
        )

    print(trio.run(open_pane))
    return DONE
