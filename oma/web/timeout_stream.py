"""A connection whose peer may stop reading: nothing waits for it for long.

hypercorn shields its writes from cancellation, so the bound is set here, below it.
"""

import errno
import os

import attrs
import trio

from oma.web.connection_limits import LimitedConnection, source_of

STALL_S = 30.0
"""How long one write may take before the connection is closed."""


@attrs.define(eq=False)
class TimeoutStream(trio.abc.HalfCloseableStream):
    """A stream of a socket that gives up on a peer that does not read.

    Args:
        inner: The stream of the socket.
    """

    inner: trio.SocketStream
    connection: LimitedConnection = attrs.field(init=False)
    """Whether something came over it, and from where."""

    @connection.default
    def _connection(self) -> LimitedConnection:
        if self.inner.socket.family == trio.socket.AF_UNIX:
            return LimitedConnection("unix")
        try:
            return LimitedConnection(source_of(self.inner.socket.getpeername()[0]))
        except OSError:  # it has gone already
            return LimitedConnection("")

    @property
    def socket(self) -> trio.socket.SocketType:
        """The socket, which knows who is at the other end."""
        return self.inner.socket

    async def send_all(self, data: bytes | bytearray | memoryview) -> None:
        """Send all of it.

        Raises:
            BrokenResourceError: The peer is gone, or does not read.
            ClosedResourceError: It was closed at this end.
        """
        await trio.lowlevel.checkpoint_if_cancelled()
        rest = memoryview(data)[self._write(data) :]
        if rest:
            await self._send_slowly(rest)

    def _write(self, data: bytes | bytearray | memoryview) -> int:
        """Write what the system takes at once, and return how much that was.

        Nearly always it is all. Each wait costs a timer, which is most of what a frame for one of
        two hundred viewers costs.
        """
        try:
            return os.write(self.inner.socket.fileno(), data)
        except BlockingIOError:
            return 0
        except OSError as failure:
            if failure.errno == errno.EBADF:
                raise trio.ClosedResourceError from failure
            raise trio.BrokenResourceError from failure

    async def _send_slowly(self, data: memoryview) -> None:
        with trio.move_on_after(STALL_S) as patience:
            await self.inner.send_all(data)
        if patience.cancelled_caught:
            await trio.aclose_forcefully(self.inner)
            raise trio.BrokenResourceError("the peer does not read")

    async def wait_send_all_might_not_block(self) -> None:
        """Wait until there may be room."""
        await self.inner.wait_send_all_might_not_block()

    async def receive_some(self, max_bytes: int | None = None) -> bytes | bytearray:
        """Return what has come; empty at the end."""
        data = await self.inner.receive_some(max_bytes)
        self.connection.has_asked = self.connection.has_asked or bool(data)
        return data

    async def send_eof(self) -> None:
        """Say that nothing more will come from here."""
        await self.inner.send_eof()

    async def aclose(self) -> None:
        """Close the socket."""
        await self.inner.aclose()


@attrs.define(eq=False)
class TimeoutListener(trio.abc.Listener[trio.abc.Stream]):
    """Accepts such connections.

    Args:
        inner: The listener of the socket.
    """

    inner: trio.SocketListener

    async def accept(self) -> trio.abc.Stream:
        """Wait for a connection."""
        return TimeoutStream(await self.inner.accept())

    async def aclose(self) -> None:
        """Listen no more."""
        await self.inner.aclose()
