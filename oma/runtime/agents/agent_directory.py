"""Where an agent works, also when its program has ended; and where it was started."""

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
        for line in await _told(server, pane):
            if line.startswith("/"):
                return line
    raise CommandError("tmux does not tell in which directory it works")


async def start_place(server: ServerAddress, pane: PaneId) -> tuple[str, str]:
    """Return the worktree that the agent in a pane has, or nothing, and the directory in which it was started.

    A tmux before 3.3 tells where it is instead.

    Raises:
        CommandError: tmux does not tell.
    """
    worktree, here, began = (await _told(server, pane))[:3]
    return worktree, worktree or began or here


async def _told(server: ServerAddress, pane: PaneId) -> list[str]:
    said = await TmuxClient(server).run(pane_directories(pane), doing="to tell its directory")
    return [*said.split("\n"), "", ""]
