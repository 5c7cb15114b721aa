"""What hosts publish, of a connection that listens: read in turns, as to wake up costs more than to read.

The connection is one of `coredis`, which is known to `redis_engine` alone.
"""

import math
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from typing import Any, Protocol

import attrs
import trio

from oma.model.printable import printable
from oma.runtime.fleet.engine import EngineError

TURN_S = 0.05
"""The longest that what comes waits for its turn; what comes after a while without anything waits for none."""

_READ_BYTES = 1 << 16
"""As much is read at a time; where there is as much, there is more, which does not wait."""

_MOST_BYTES = 4 << 20
"""Of a piece that is taken from the engine."""


class ByteStream(Protocol):
    """A connection's bytes."""

    async def receive(self, max_bytes: int = _READ_BYTES) -> bytes:
        """Wait for some."""

    async def send(self, item: bytes) -> None:
        """Send some."""


@attrs.define
class TurnedStream:
    """A stream of which nothing is read before its turn."""

    inner: ByteStream
    _turn_s: float = -math.inf

    async def receive(self, max_bytes: int = _READ_BYTES) -> bytes:
        """Wait for some."""
        await trio.sleep_until(self._turn_s)
        data = await self.inner.receive(max_bytes)
        if len(data) < max_bytes:
            self._turn_s = trio.current_time() + TURN_S
        return data

    async def send(self, item: bytes) -> None:
        """Send some."""
        await self.inner.send(item)


@asynccontextmanager
async def pushed_pieces(
    connection: Any,  # noqa: ANN401  # of coredis
    channels: str,
    patience_s: float,
) -> AsyncIterator[AsyncIterator[tuple[str, bytes]]]:
    """Listen while a block runs: give channels without what all have in common, and pieces, as they come.

    Args:
        connection: One that nobody else uses; it is of no use to anybody afterwards.
        channels: What all of them begin with.
        patience_s: How long it may take to begin.

    Raises:
        EngineError: The engine does not let us listen; in a group.
    """
    try:
        async with aclosing(connection.push_messages) as pushed:
            connection.send_command(b"PSUBSCRIBE", f"{channels}*")
            with trio.fail_after(patience_s):
                async with trio.open_nursery() as nursery:
                    nursery.start_soon(_refuse, connection)
                    await anext(pushed)
                    nursery.cancel_scope.cancel()
            connection.stream = TurnedStream(connection.stream)
            yield _Pieces(pushed, channels.encode())
    finally:
        connection.invalidate()


async def _refuse(connection: Any) -> None:  # noqa: ANN401  # of coredis
    """Raise an `EngineError` with what the engine says in place of what was asked for."""
    async with aclosing(connection.streamed_messages) as answers:
        raise EngineError(printable(str(await anext(answers))))


@attrs.frozen
class _Pieces:
    """No generator: nobody would close it who stops to listen."""

    pushed: AsyncIterator[Sequence[Any]]
    channels: bytes

    def __aiter__(self) -> "_Pieces":
        return self

    async def __anext__(self) -> tuple[str, bytes]:
        while True:
            match await anext(self.pushed):
                case [b"pmessage", _, bytes(channel), bytes(data)] if len(data) <= _MOST_BYTES:
                    return channel.removeprefix(self.channels).decode("utf-8", "replace"), data
