"""Runs a program in a pane of its own, under the same minimums as the panes of agents."""

from pathlib import Path

from oma.errors import OmaError
from oma.model.ids import PaneId
from oma.placement.decide import decide
from oma.placement.facts import Wanted
from oma.placement.policy import Policy
from oma.runtime.client.query_client import window_client
from oma.runtime.client.tmux_client import refused
from oma.runtime.display.host_pane import HostPane
from oma.runtime.display.owned_panes import Done
from oma.runtime.display.tiled_window import TiledWindow, UserProgram

TRIES = 5
"""How often the window may change between the look and the change."""


async def open_program_pane(
    host: HostPane, socket: Path, policy: Policy, program: UserProgram, *, select: bool
) -> PaneId:
    """Run a program in a new pane, and return that pane.

    Args:
        host: Where: beside this pane, or the one that this pane was made around.
        socket: Of the server of the agents.
        policy: Gives the minimums.
        program: What is run.
        select: Give the new pane the keyboard.

    Raises:
        OmaError: There is no room, or the window changes all the time.
        CommandError: tmux refused.
    """
    main = await _main(host)
    async with window_client(host.access, main, lambda: None) as client:
        if client is None:
            raise OmaError(f"there is no pane {main}")
        window = TiledWindow(main, socket, "", client)
        for _ in range(TRIES):
            pane = await _try(window, policy, program)
            if pane is not None:
                if select:
                    await window.select(pane)
                return pane
    raise OmaError("the window changes all the time: try again")


async def _main(host: HostPane) -> PaneId:
    """Return the pane to divide: ours, or the one that ours was made around."""
    rows = await host.rows()
    here = {row.pane: row for row in rows}
    ours = here.get(host.pane)
    if ours is None or ours.mark is None or ours.mark.main not in here:
        return host.pane
    return ours.mark.main


async def _try(window: TiledWindow, policy: Policy, program: UserProgram) -> PaneId | None:
    look = await window.look()
    if look is None:
        raise OmaError(f"there is no pane {window.main}")
    shown = [Wanted(tile.agent) for tile in look.facts.tiles if tile.agent is not None]
    plan = decide(look.facts, shown, policy, programs=1)
    if plan.step is None or plan.step.spawn is None:
        reason = next((d.reason for d in plan.decisions if d.agent is None), "no room")
        raise OmaError(f"no pane for it: {reason}")
    done = await window.carry_out(look, plan.step, program)
    if isinstance(done, Done):
        return done.pane
    if done.refusal is not None:
        raise refused(done.refusal)
    return None
