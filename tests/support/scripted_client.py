"""Control clients in the place of real ones: a test says what tmux says, and sees what is sent."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import attrs
import trio

from oma.runtime.client.server_access import ServerAccess
from oma.tmux.commands.clients import AttachSession
from oma.tmux.commands.command import AnyCommand, Safety
from oma.tmux.commands.render import to_line
from oma.tmux.notifications import WireEvent


@attrs.define
class ScriptedClient:
    """What `Connection` is, without a process."""

    attach: AttachSession | None = None
    sent: list[str] = attrs.Factory(list)
    """The lines, as tmux would get them."""
    hung_up: bool = False
    over: trio.Event = attrs.Factory(trio.Event)
    last_words: str = ""
    _receive: Callable[[list[WireEvent]], None] | None = None

    async def pump(self, receive: Callable[[list[WireEvent]], None]) -> str:
        self._receive = receive
        await self.over.wait()
        return "" if self.hung_up else self.last_words

    def write(self, commands: Sequence[AnyCommand]) -> None:
        self.sent += map(to_line, commands)

    def write_last(self, commands: Sequence[AnyCommand]) -> None:
        self.sent += map(to_line, commands)

    def hang_up(self) -> None:
        self.hung_up = True
        self.over.set()

    def says(self, *events: WireEvent) -> None:
        """Have tmux say this, in one batch."""
        assert self._receive is not None
        self._receive(list(events))

    def end(self, last_words: str = "") -> None:
        """End the client by itself."""
        self.last_words = last_words
        self.over.set()


@attrs.define
class ScriptedClients:
    """What `connect` is: every client that was started, and who came and left when."""

    made: list[ScriptedClient] = attrs.Factory(list)
    order: list[str] = attrs.Factory(list)
    """`+` and `-` before the session that a client attached to."""
    failure: Exception | None = None
    """Raised for the next client instead."""
    most: Safety | None = None
    """The most that a client was allowed to send."""

    @asynccontextmanager
    async def connect(
        self, access: ServerAccess, attach: AttachSession, allowed: Safety = Safety.READ_ONLY
    ) -> AsyncIterator[ScriptedClient]:
        failure, self.failure = self.failure, None
        if failure is not None:
            raise failure
        client = ScriptedClient(attach)
        self.made.append(client)
        self.order.append(f"+{attach.session}")
        self.most = max(allowed, self.most or allowed)
        try:
            yield client
        finally:
            self.order.append(f"-{attach.session}")
