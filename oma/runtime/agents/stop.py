"""Ends an agent's program politely: asked twice by key, then by signal, never by force."""

import os
import signal

import trio

from oma.runtime.agents.input_writer import PaneInput
from oma.runtime.client.pane_list import list_panes
from oma.tmux.pane_input import INTERRUPT

ASK_EVERY_S = 0.1
"""How often tmux is asked whether the program has ended, while the user waits for that."""


async def stop_program(into: PaneInput, pid: int, patience_s: float) -> bool:
    """Ask with Ctrl-C and then SIGTERM, each for half of the time; say whether it ended.

    Raises:
        CommandError: tmux refused, or the pane takes no input.
    """
    for _ in range(2):  # agents ask for a second Ctrl-C before they leave
        if await _has_ended(into):
            return True
        await into.put(INTERRUPT)
        if await _ended_within(into, patience_s / 4):
            return True
    try:
        os.kill(pid, signal.SIGTERM)
    except ProcessLookupError:
        return True
    return await _ended_within(into, patience_s / 2)


async def _ended_within(into: PaneInput, patience_s: float) -> bool:
    with trio.move_on_after(patience_s):
        while True:
            if await _has_ended(into):
                return True
            await trio.sleep(ASK_EVERY_S)
    return False


async def _has_ended(into: PaneInput) -> bool:
    rows = await list_panes(into.tmux.server)
    return not any(row.pane == into.pane and not row.dead for row in rows)
