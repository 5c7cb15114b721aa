"""Ends the tiling of a window: by the process that does it, or in place of one that is gone."""

from pathlib import Path

import attrs
import trio

from oma.errors import OmaError
from oma.model.events import PlacementDecided
from oma.model.ids import split_agent_id
from oma.placement.decide import decide
from oma.placement.facts import Wanted
from oma.placement.policy import Policy
from oma.runtime.client.query_client import window_client
from oma.runtime.client.tmux_client import refused
from oma.runtime.display.host_pane import HostPane
from oma.runtime.display.owned_panes import NotDone
from oma.runtime.display.tiled_window import TiledWindow
from oma.runtime.display.tiling_lock import TilingLock
from oma.runtime.display.tiling_reconciler import MOST_STEPS
from oma.tmux.pane_mark import PaneRole

PATIENCE_S = 8.0
"""How long the process that tiles may take to undo it."""


async def untile(host: HostPane, socket: Path, policy: Policy) -> bool:
    """Make the window of a pane as it was found; return whether it was tiled.

    Args:
        host: The pane.
        socket: Of the server of the agents.
        policy: As it is tiled by.

    Raises:
        OmaError: The process that tiles the window does not end that.
        CommandError: tmux does not answer.
    """
    rows = await host.rows()
    window = next((row.window for row in rows if row.pane == host.pane), None)
    here = {row.pane for row in rows if row.window == window}
    ended = [pane for pane in sorted(here) if await _end(host.tiling_lock(pane))]
    left = {
        row.mark.main
        for row in await host.rows()
        if row.pane in here
        and row.mark is not None
        and row.mark.role is PaneRole.TILE
        and row.mark.agent is not None
    }
    for main in left & here:
        await _clear(attrs.evolve(host, pane=main), socket, policy)
    return bool(ended or left)


async def _end(lock: TilingLock) -> bool:
    """Make the process that holds the lock undo its tiling; return whether there was one."""
    if not lock.ask_to_leave():
        return False
    with trio.move_on_after(PATIENCE_S) as patience:
        await trio.to_thread.run_sync(lock.wait_free, abandon_on_cancel=True)
    if patience.cancelled_caught:
        raise OmaError("the process that tiles this window does not leave it")
    return True


async def _clear(host: HostPane, socket: Path, policy: Policy) -> None:
    """Close the agent panes around a main pane, which a process left that is gone."""
    off = attrs.evolve(policy, enabled=False)
    journal = host.tiling_lock(host.pane).journal
    async with window_client(host.access, host.pane, lambda: None) as client:
        window = None if client is None else TiledWindow(host.pane, socket, "", client)
        for _ in range(MOST_STEPS):
            look = None if window is None else await window.look()
            if window is None or look is None:
                return  # the main pane is gone, and its window with it
            shown = [Wanted(tile.agent) for tile in look.facts.tiles if tile.agent is not None]
            plan = decide(look.facts, shown, off)
            if plan.step is None:
                return
            done = await window.carry_out(look, plan.step)
            if isinstance(done, NotDone):
                if done.refusal is not None:
                    raise refused(done.refusal)
                continue  # the window is another one by now
            for each in plan.decisions:
                if each.pane in plan.step.close:
                    session, agent = split_agent_id(each.agent)
                    event = PlacementDecided(
                        str(each.action),
                        look.facts.window,
                        session,
                        each.pane,
                        each.reason,
                        agent,
                    )
                    journal.note(event, None)
