"""A way in which notifications go out."""

from typing import Protocol

from oma.notify.message import Message

PATIENCE_S = 10.0
"""How long a channel may take for one message; what takes longer has failed."""


class Channel(Protocol):
    """Sends messages, one after the other."""

    @property
    def name(self) -> str:
        """As the configuration calls it."""

    async def send(self, message: Message) -> str:
        """Send a message; return where it went, for the log.

        Raises:
            NotifyError: It could not be sent; the text holds no secret.
        """
