"""A control client that is asked: one question at a time, and every block that answers it.

It may send what changes things, for what a user asked for goes through it; it gets no output and has
no size. A line may give any number of blocks (`if-shell` gives one for each command it runs), so
each is followed by one that makes tmux say that it is done.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import attrs
import trio

from oma.errors import CommandError, OmaError, ProtocolError
from oma.model.ids import PaneId, parse_session_id
from oma.runtime.client.connection import Connection, connect
from oma.runtime.client.server_access import ServerAccess
from oma.runtime.client.tmux_client import Answer, TmuxClient
from oma.tmux import notifications as wire
from oma.tmux.commands.clients import quiet_client
from oma.tmux.commands.command import AnyCommand, Safety
from oma.tmux.commands.control import Print
from oma.tmux.commands.pane_questions import ListPanes, is_pane

PATIENCE_S = 10.0
"""How long tmux may take for an answer; it takes milliseconds unless it hangs."""

_NEWS = (*wire.STRUCTURE, wire.SubscriptionChanged)
"""After these, a window may be another one."""


@attrs.define
class QueryClient:
    """The questions to one control client.

    Args:
        connection: The client; `run` pumps it.
        news: Called when something about windows or sessions may have changed. Never blocks.
    """

    connection: Connection
    news: Callable[[], None]
    over: str | None = None
    """Why there will be no more answers."""
    _replies: list[wire.Reply] = attrs.Factory(list)
    _asked: int = 0
    _session: str | None = None
    _ready: bool = False
    _lot: trio.lowlevel.ParkingLot = attrs.Factory(trio.lowlevel.ParkingLot)

    async def run(self) -> None:
        """Read what the client says until it ends.

        Raises:
            ProtocolError: What came is not the grammar of control mode.
        """
        words = await self.connection.pump(self._receive)
        self.end(words or "its control client ended")

    async def ask(self, command: AnyCommand) -> Answer:
        """Send a command and return what all of its blocks say; the first that fails is the last.

        Raises:
            CommandError: The client has ended, or tmux does not answer.
        """
        with trio.move_on_after(PATIENCE_S):
            while not self._ready and self.over is None:
                await self._lot.park()
            self._asked += 1
            done = f"done{self._asked}"
            self._replies.clear()
            self.connection.write([command, Print(done)])
            while self.over is None:
                for at, reply in enumerate(self._replies):
                    if reply.data == f"{done}\n".encode():
                        return _answer(self._replies[:at])
                await self._lot.park()
        raise CommandError(f"tmux does not answer: {self.over or 'it seems to hang'}")

    def _receive(self, batch: list[wire.WireEvent]) -> None:
        for event in batch:
            if isinstance(event, wire.Reply):
                self._reply(event)
            elif isinstance(event, _NEWS):
                self.news()
            elif isinstance(event, wire.Exit):
                self.end(event.reason or "detached")
            elif isinstance(event, wire.SessionChanged):
                if self._session not in {None, event.session}:
                    self.end("its session ended")
                self._session = event.session
        self._lot.unpark_all()

    def _reply(self, reply: wire.Reply) -> None:
        if self._ready:
            self._replies.append(reply)
        elif not reply.asked:
            self._ready = True
            if not reply.ok:
                self.end(reply.data.decode(errors="replace").strip())

    def end(self, reason: str) -> None:
        """Want no more answers."""
        self.over = self.over or reason
        self.connection.hang_up()
        self._lot.unpark_all()


def _answer(replies: Sequence[wire.Reply]) -> Answer:
    refusals = [reply.data.decode(errors="replace").strip() for reply in replies if not reply.ok]
    output = b"".join(reply.data for reply in replies if reply.ok).decode(errors="replace")
    return Answer(1 if refusals else 0, output, "; ".join(refusals))


@asynccontextmanager
async def window_client(
    access: ServerAccess, pane: PaneId, news: Callable[[], None]
) -> AsyncIterator[QueryClient | None]:
    """Give a client that sees the window of a pane; `None` when there is no such pane.

    Args:
        access: To the server of the pane.
        pane: Any pane.
        news: As that of `QueryClient`.
    """
    session_of_pane = ListPanes("#{session_id}", filter=is_pane(pane))
    answer = await TmuxClient(access.server).ask(session_of_pane)
    sessions = answer.output.split()
    if answer.status != 0 or not sessions:
        yield None
        return
    attach = quiet_client(parse_session_id(sessions[0]))
    failure: OmaError | None = None
    async with connect(access, attach, Safety.DESTRUCTIVE) as client:
        asking = QueryClient(client, news)
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_pump, asking)
            try:
                yield asking
            except OmaError as error:
                failure = error  # raised outside of the nursery, which would wrap it
            nursery.cancel_scope.cancel()
    if failure is not None:
        raise failure


async def _pump(asking: QueryClient) -> None:
    try:
        await asking.run()
    except ProtocolError as error:
        asking.end(str(error))
    asking.news()
