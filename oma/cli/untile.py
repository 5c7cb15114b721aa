"""`oma untile`: the agent panes go, and the window is as it was found."""

import argparse

import attrs
import trio

from oma.cli.context import CliContext, profiles_in_force, read_context, thresholds
from oma.cli.layout import policy_of, tiler_of
from oma.errors import OmaError
from oma.model.ids import PaneId
from oma.reducers.fleet import Fleet
from oma.reducers.rules import Rules
from oma.runtime.display.host_pane import HostPane, find_host_pane
from oma.runtime.display.tiling_lock import TilingLock
from oma.store.store import Store

PATIENCE_S = 8.0
"""How long whoever tiles may take to undo it."""


def run(arguments: argparse.Namespace) -> int:
    """End the tiling of the window that this is run in."""
    return trio.run(_untile, read_context(arguments))


async def _untile(context: CliContext) -> int:
    inside = await find_host_pane(context.socket, "oma untile")
    rows = await inside.rows()
    window = next((row.window for row in rows if row.pane == inside.pane), None)
    here = {row.pane for row in rows if row.window == window}
    ended = [pane for pane in sorted(here) if await _end(inside.seat(pane))]
    left = {
        row.mark.main
        for row in await inside.rows()
        if row.pane in here and row.mark is not None and row.mark.session is not None
    }
    for main in left & here:
        await _clear(context, inside, main)
    print("untiled" if ended or left else "nothing is tiled here")
    return 0


async def _end(seat: TilingLock) -> bool:
    """Make whoever holds the seat undo its tiling; return whether there was anybody."""
    if not seat.ask_to_leave():
        return False
    with trio.move_on_after(PATIENCE_S) as patience:
        await trio.to_thread.run_sync(seat.wait_free, abandon_on_cancel=True)
    if patience.cancelled_caught:
        message = "the process that tiles this window does not leave it"
        raise OmaError(message)
    return True


async def _clear(context: CliContext, inside: HostPane, main: PaneId) -> None:
    """Close the agent panes that a process left which is gone."""
    store = Store(Fleet(Rules(profiles_in_force(), thresholds(context.config))), lambda: 0.0)
    policy = attrs.evolve(policy_of(context.config.layout), enabled=False)
    tiler = tiler_of(
        context, attrs.evolve(inside, pane=main), store, policy, lambda _: "tiling is off"
    )
    async with trio.open_nursery() as nursery:
        nursery.start_soon(tiler.run)
        await tiler.settled.wait()
        nursery.cancel_scope.cancel()
