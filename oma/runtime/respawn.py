"""Starts a pane's program again, so that no tmux dies of it."""

from oma.errors import CommandError
from oma.model.ids import PaneId
from oma.runtime.server import Answer, run_tmux
from oma.tmux.invocation import ServerAddress, pausing_clients_argv, respawn_argv

TRIES = 3
"""A control client that leaves between the two questions makes tmux refuse the second."""


async def respawn(server: ServerAddress, pane: PaneId, command: str | None) -> None:
    """Start `command`, or what the pane was started with, in the pane anew.

    Raises:
        CommandError: tmux refused; the text holds its own words.
        OmaError: tmux is not installed.
    """
    answer = Answer(1, "", "")
    for _ in range(TRIES):
        clients = (await run_tmux(pausing_clients_argv(server))).output.split()
        answer = await run_tmux(respawn_argv(server, pane, command, clients))
        if answer.status == 0:
            return
    raise CommandError(answer.complaint)
