"""Reads what a pane keeps of what it printed, once, when somebody asks for it."""

import attrs

from oma.model.ids import PaneId
from oma.runtime.client.tmux_client import TmuxClient
from oma.screen.emulator import MAX_CELLS, Screen
from oma.screen.styled import StyledRows
from oma.tmux.address import ServerAddress
from oma.tmux.commands.pane_questions import CaptureHistory


@attrs.frozen
class PaneHistory:
    """The panes of one server.

    Args:
        server: Its address.
    """

    server: ServerAddress

    async def read(self, pane: PaneId, most_lines: int) -> str:
        """Return the lines of a pane, its screen last, with their looks as escape sequences.

        Raises:
            CommandError: There is no such pane, or tmux refused.
        """
        command = CaptureHistory(pane, most_lines)
        return await TmuxClient(self.server).run(command, doing="to read a pane")

    async def rows(self, pane: PaneId, columns: int) -> StyledRows:
        """Return the last rows of a pane, `MAX_CELLS` at most, as an emulator shows them.

        Args:
            pane: Which.
            columns: As wide as it is.

        Raises:
            CommandError: As `read`.
        """
        lines = (await self.read(pane, MAX_CELLS)).split("\n")[-MAX_CELLS:]
        screen = Screen(min(MAX_CELLS, max(1, columns)), len(lines))
        screen.feed("\r\n".join(lines).encode(errors="replace"))
        return screen.styled(len(lines))
