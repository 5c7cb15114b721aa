"""Starts a pane's program again, so that no tmux dies of it."""

import shlex

from oma.errors import CommandError
from oma.model.ids import PaneId
from oma.runtime.client.tmux_client import Answer, run_tmux
from oma.tmux.address import ServerAddress
from oma.tmux.invocation import pausing_clients_argv, respawn_argv

TRIES = 3
"""A control client that leaves between the two questions makes tmux refuse the second."""


def resume_line(template: str, name: str, prefix: str) -> str:
    """Return the line for the shell that continues an agent, by the `resume` of its profile.

    Args:
        template: `{id}` in it stands for the name of the agent without the prefix of agents.
        name: The agent's; quoted, for it may hold anything.
        prefix: Of the names of agents.
    """
    return template.replace("{id}", shlex.quote(name.removeprefix(prefix)))


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
