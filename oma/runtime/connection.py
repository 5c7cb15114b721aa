"""One control client: a `tmux -C` process whose bytes are pumped, and nothing else.

The server writes to the pipe that we gave the client, so only our own reading keeps it moving:
the reader hands every batch on synchronously and never waits for anyone. A client is ended by the
end of its standard input, which it answers within milliseconds, and is reaped whatever happens.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import attrs
import trio

from oma.errors import ProtocolError
from oma.runtime.client_process import ClientProcess
from oma.tmux.notifications import WireEvent
from oma.tmux.parser import ControlParser

READ_BYTES = 65536
"""One turn of one client: large enough to be cheap, small enough that others get their turn."""

LEAVE_S = 2.0
"""How long a client may take to leave after the end of its input; measured: 1 to 4 ms."""


@attrs.define
class Connection:
    """A running control client."""

    _process: ClientProcess
    _parser: ControlParser = attrs.Factory(ControlParser)
    _outbox: list[str] = attrs.Factory(list)
    _unwanted: bool = False
    _lot: trio.lowlevel.ParkingLot = attrs.Factory(trio.lowlevel.ParkingLot)

    def write(self, lines: Sequence[str]) -> None:
        """Send command lines, in order, as soon as the pipe takes them. Never blocks."""
        if lines:
            self._outbox.extend(lines)
            self._lot.unpark_all()

    def hang_up(self) -> None:
        """Make `pump` return; what is still unread is not wanted."""
        self._unwanted = True

    async def pump(self, receive: Callable[[list[WireEvent]], None]) -> str:
        """Hand every batch of what tmux says to `receive` until the client ends.

        Returns:
            tmux's own words on standard error, or an empty text.

        Raises:
            ProtocolError: What came is not the grammar of control mode.
        """
        broken: ProtocolError | None = None
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._send)
            try:
                await self._read(receive)
            except ProtocolError as error:
                broken = error  # raised outside of the nursery, which would wrap it
            nursery.cancel_scope.cancel()
        if broken is not None:
            raise broken
        # A client that is not wanted has not left yet: it would keep us waiting for its words.
        return "" if self._unwanted else await self._last_words()

    async def _read(self, receive: Callable[[list[WireEvent]], None]) -> None:
        while data := await self._process.stdout.receive_some(READ_BYTES):
            receive(self._parser.feed(bytes(data)))
            if self._unwanted:
                return
        self._parser.close()

    async def _send(self) -> None:
        while True:
            while not self._outbox:
                await self._lot.park()
            lines, self._outbox = self._outbox, []
            try:
                await self._process.stdin.send_all("".join(f"{line}\n" for line in lines).encode())
            except trio.BrokenResourceError:
                return  # the client is gone: its end of file is on the way to the reader

    async def _last_words(self) -> str:
        words = b""
        with trio.move_on_after(LEAVE_S):
            while data := await self._process.stderr.receive_some(4096):
                words += bytes(data)
        return words.decode(errors="replace").strip()

    async def leave(self) -> None:
        """End the client and reap it, even while being cancelled."""
        process = self._process
        with trio.CancelScope(shield=True):
            await process.stdin.aclose()
            with trio.move_on_after(LEAVE_S) as patience:
                # The rest of its output is read away: a client with a full pipe cannot leave.
                await self._drain()
                await process.reap()
            if patience.cancelled_caught:
                process.kill()
                await process.reap()
            await process.close()

    async def _drain(self) -> None:
        try:
            while await self._process.stdout.receive_some(READ_BYTES):
                pass
        except trio.BrokenResourceError:
            return


@asynccontextmanager
async def connect(argv: Sequence[str]) -> AsyncIterator[Connection]:
    """Run a control client; it has left and is reaped when the block ends, however it ends.

    Raises:
        FileNotFoundError: There is no such program.
    """
    connection = Connection(ClientProcess.start(argv))
    try:
        yield connection
    finally:
        await connection.leave()
