"""Types into a pane for somebody who is elsewhere, through one control client for as long.

Keys go as bytes in hexadecimal, so that nothing of them can be read as the name of a key or as a
command. A pasted text goes through a buffer of tmux, which knows whether the program wants
brackets around it.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import attrs

from oma.errors import CommandError
from oma.model.ids import PaneId
from oma.runtime.agents.pane_input import check_open, new_buffer
from oma.runtime.client.query_client import QueryClient, window_client
from oma.runtime.client.server_access import ServerAccess
from oma.tmux.commands.keys import DeleteBuffer
from oma.tmux.pane_input import paste, type_bytes


@attrs.define
class PaneKeyboard:
    """A way into one pane."""

    pane: PaneId
    _client: QueryClient

    async def type(self, data: bytes) -> None:
        """Type bytes as they are, after all that was typed before.

        Raises:
            CommandError: tmux refused, or does not answer.
        """
        for command in type_bytes(self.pane, data):
            (await self._client.ask(command)).check()

    async def paste(self, text: str) -> None:
        """Paste a text: between brackets where the program wants them, without controls.

        Raises:
            CommandError: tmux refused, or does not answer.
        """
        name = new_buffer()
        try:
            for command in paste(self.pane, name, text):
                check_open((await self._client.ask(command)).check().strip())
        except CommandError:
            await self._client.ask(DeleteBuffer(name))
            raise


@attrs.frozen
class PaneKeyboards:
    """Keyboards for the panes of one server.

    Args:
        access: Gives the access to the server as it is now.
    """

    access: Callable[[], ServerAccess]

    @asynccontextmanager
    async def open(self, pane: PaneId) -> AsyncIterator[PaneKeyboard]:
        """Give a keyboard until the block ends.

        Raises:
            CommandError: There is no such pane, or tmux does not let us in.
        """
        async with window_client(self.access(), pane, lambda: None) as client:
            if client is None:
                raise CommandError("this pane is gone")
            yield PaneKeyboard(pane, client)
