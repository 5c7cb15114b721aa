"""Ends an agent's program politely: asked twice by key, then by signal, never by force."""

import os
import signal

import trio

from oma.model.ids import PaneId
from oma.runtime.tmux_client import run_tmux
from oma.tmux.address import ServerAddress
from oma.tmux.invocation import list_panes_argv, send_key_argv
from oma.tmux.queries.panes import parse_panes

ASK_EVERY_S = 0.1
"""How often tmux is asked whether the program has ended, while a person waits for that."""


async def end_politely(server: ServerAddress, pane: PaneId, pid: int, patience_s: float) -> bool:
    """Ask with Ctrl-C and then SIGTERM, each for half of the time; say whether it ended."""
    for _ in range(2):  # agents ask for a second Ctrl-C before they leave
        await run_tmux(send_key_argv(server, pane, "C-c"))
        if await _ended_within(server, pane, patience_s / 4):
            return True
    try:
        os.kill(pid, signal.SIGTERM)
    except ProcessLookupError:
        return True
    return await _ended_within(server, pane, patience_s / 2)


async def _ended_within(server: ServerAddress, pane: PaneId, patience_s: float) -> bool:
    with trio.move_on_after(patience_s):
        while True:
            answer = await run_tmux(list_panes_argv(server))
            rows = parse_panes(answer.output.split("\n")) if answer.status == 0 else ()
            if not any(row.pane == pane and not row.dead for row in rows):
                return True
            await trio.sleep(ASK_EVERY_S)
    return False
