"""Where an agent works, also when its program has ended."""

from oma.errors import CommandError
from oma.model.ids import PaneId
from oma.runtime.client.tmux_client import TmuxClient
from oma.tmux.address import ServerAddress
from oma.tmux.queries.panes import pane_directories


async def agent_directory(server: ServerAddress, pane: PaneId | None) -> str:
    """Return the worktree of the agent in a pane, else the directory where it is or began.

    Raises:
        CommandError: It has no pane, or tmux does not tell.
    """
    if pane is not None:
        said = await TmuxClient(server).run(pane_directories(pane), doing="to tell its directory")
        for line in said.split("\n"):
            if line.startswith("/"):
                return line
    raise CommandError("tmux does not tell in which directory it works")
