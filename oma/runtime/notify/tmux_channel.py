"""Notifications on tmux's message line, in every client of the user, and by the bell of its terminal."""

from typing import ClassVar

import attrs

from oma.errors import NotifyError, OmaError
from oma.notify.message import Message
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.notify.user_clients import list_user_clients, write_to_terminal
from oma.tmux.address import ServerAddress
from oma.tmux.commands.clients import DisplayMessage
from oma.tmux.queries.client_rows import UserClient

_MOST_CHARACTERS = 500
"""Wider than any terminal; tmux cuts the rest."""


@attrs.frozen
class TmuxChannel:
    """The message line of each client.

    Args:
        server: Whose clients.
        rings: Whether their terminals ring the bell, too.
    """

    server: ServerAddress
    rings: bool = False
    name: ClassVar[str] = "tmux"

    async def send(self, message: Message) -> str:
        """Show the message in each client.

        Raises:
            NotifyError: Nobody is attached, or tmux refused.
        """
        try:
            clients = await self._show(message.one_line[:_MOST_CHARACTERS])
        except OmaError as failure:
            raise NotifyError(str(failure)) from None
        if not clients:
            raise NotifyError("no client of a user is attached")
        if self.rings:
            for client in clients:
                write_to_terminal(client.terminal, b"\a")
        return ", ".join(client.terminal for client in clients)

    async def _show(self, text: str) -> tuple[UserClient, ...]:
        clients = await list_user_clients(self.server)
        for client in clients:
            await TmuxClient(self.server).run(DisplayMessage(client.terminal, text))
        return clients
