"""`oma pane`: a program in a pane of its own beside this one, under the same minimums as agents."""

import argparse
import shutil

import trio

from oma.cli.context import CliContext, read_context
from oma.cli.layout import policy_of
from oma.errors import ConfigError, OmaError
from oma.model.ids import PaneId
from oma.placement.decide import decide
from oma.placement.facts import Wanted
from oma.placement.policy import Policy
from oma.runtime.client.query_client import window_client
from oma.runtime.client.tmux_client import refused
from oma.runtime.client.working_directory import working_directory
from oma.runtime.display.host_pane import HostPane, find_host_pane
from oma.runtime.display.owned_panes import Done
from oma.runtime.display.session_view import view_flags
from oma.runtime.display.tiled_window import TiledWindow, UserProgram

TRIES = 5
"""How often the window may change between the look and the change."""


def run(arguments: argparse.Namespace) -> int:
    """Run the program and print the id of its pane.

    Raises:
        ConfigError: No command is given, or there is no such program.
        OmaError: Not inside tmux, or there is no room.
    """
    command: list[str] = arguments.command
    if not command:
        message = "oma pane: give a command after --"
        raise ConfigError(message)
    if len(command) > 1 and shutil.which(command[0]) is None:
        message = f"command {command[0]!r}: not found on PATH"
        raise ConfigError(message)
    context = read_context(arguments)
    program = UserProgram(tuple(command), arguments.title or "", str(working_directory()))
    print(trio.run(_open, context, program, arguments.detach))
    return 0


async def _open(context: CliContext, program: UserProgram, stay: bool) -> PaneId:  # noqa: FBT001
    inside = await find_host_pane(context.socket, "oma pane")
    main = await _main(inside)
    policy = policy_of(context.config.layout)
    flags = view_flags(context.config.layout)
    async with window_client(inside.access, main, lambda: None) as asking:
        if asking is None:
            message = f"there is no pane {main}"
            raise OmaError(message)
        window = TiledWindow(main, context.socket, flags, asking)
        for _ in range(TRIES):
            pane = await _try(window, policy, program)
            if pane is not None:
                if not stay:
                    await window.select(pane)
                return pane
    message = "the window changes all the time"
    raise OmaError(message)


async def _main(inside: HostPane) -> PaneId:
    """Return the pane to divide: ours, or the one that ours was made around."""
    rows = await inside.rows()
    here = {row.pane: row for row in rows}
    ours = here.get(inside.pane)
    if ours is None or ours.mark is None or ours.mark.main not in here:
        return inside.pane
    return ours.mark.main


async def _try(window: TiledWindow, policy: Policy, program: UserProgram) -> PaneId | None:
    look = await window.look()
    if look is None:
        message = f"there is no pane {window.main}"
        raise OmaError(message)
    shown = [Wanted(tile.session) for tile in look.facts.tiles if tile.session is not None]
    plan = decide(look.facts, shown, policy, programs=1)
    if plan.step is None or plan.step.spawn is None:
        reason = next((d.reason for d in plan.decisions if d.session is None), "no room")
        message = f"no pane for it: {reason}"
        raise OmaError(message)
    done = await window.carry_out(look, plan.step, program)
    if isinstance(done, Done):
        return done.pane
    if done.refusal is not None:
        raise refused(done.refusal)
    return None
