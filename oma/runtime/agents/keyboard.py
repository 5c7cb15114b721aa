"""Types into a pane for somebody who is elsewhere, through one control client for as long.

Keys go as bytes in hexadecimal, so that nothing of them can be read as the name of a key or as a
command; while the pane is in copy-mode, or its window synchronizes panes, through a buffer, so that no
other pane gets them. A pasted text goes through a buffer of tmux, too, which knows whether the program
wants brackets around it.
"""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager

import attrs

from oma.errors import CommandError
from oma.model.ids import PaneId
from oma.runtime.agents.input_writer import check_open, new_buffer
from oma.runtime.client.query_client import QueryClient, window_client
from oma.runtime.client.server_access import ServerAccess
from oma.tmux.capabilities import spells_out_pasted_controls
from oma.tmux.commands.command import AnyCommand
from oma.tmux.commands.keys import DeleteBuffer
from oma.tmux.pane_input import paste, type_bytes


@attrs.define
class PaneKeyboard:
    """A way into one pane."""

    pane: PaneId
    _client: QueryClient
    _raw: bool

    async def type(self, data: bytes) -> None:
        """Type bytes as they are, after all that was typed before; into this pane alone.

        Raises:
            CommandError: tmux refused, or does not answer.
        """
        name = new_buffer()
        await self._put(name, type_bytes(self.pane, data, name, raw=self._raw))

    async def paste(self, text: str) -> None:
        """Paste a text: between brackets where the program wants them, without controls.

        Raises:
            CommandError: tmux refused, or does not answer.
        """
        name = new_buffer()
        await self._put(name, paste(self.pane, name, text))

    async def _put(self, buffer: str, commands: Iterable[AnyCommand]) -> None:
        try:
            for command in commands:
                check_open((await self._client.ask(command)).check().strip())
        except CommandError:
            await self._client.ask(DeleteBuffer(buffer))
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
        access = self.access()
        async with window_client(access, pane, lambda: None) as client:
            if client is None:
                raise CommandError("this pane is gone")
            yield PaneKeyboard(pane, client, spells_out_pasted_controls(access.version))
