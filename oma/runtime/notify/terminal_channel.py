"""Notifications by the user's own terminal, near or over ssh: escape sequences to the client used last."""

from typing import ClassVar

import attrs

from oma.errors import NotifyError, OmaError
from oma.notify.message import Message
from oma.notify.terminal_sequences import notify_sequence
from oma.runtime.notify.user_clients import list_user_clients, write_to_terminal
from oma.tmux.address import ServerAddress


@attrs.frozen
class TerminalChannel:
    """The terminal of the client in which a key was pressed last.

    Args:
        server: Whose client.
        sequence: As of `notify_sequence`.
    """

    server: ServerAddress
    sequence: str
    name: ClassVar[str] = "terminal"

    async def send(self, message: Message) -> str:
        """Have the terminal notify.

        Raises:
            NotifyError: Nobody is attached, or the terminal takes nothing.
        """
        try:
            clients = await list_user_clients(self.server)
        except OmaError as failure:
            raise NotifyError(str(failure)) from None
        if not clients:
            raise NotifyError("no client of a user is attached")
        client = max(clients, key=lambda each: each.activity_epoch_s)
        # Past tmux, which hands on no such sequence of ours: a pane would need allow-passthrough.
        write_to_terminal(
            client.terminal, notify_sequence(self.sequence, message.title, message.body)
        )
        return client.terminal
