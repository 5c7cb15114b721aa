"""Gives a log to one reader: how things stand, and from then on every record, numbered for it alone.

So what a reader gets is a recording that begins when it came.
"""

from collections.abc import Iterable

import attrs
import trio

from oma.model.events import MonitorStopped, Record, Unknown
from oma.recording.recording_format import Header
from oma.runtime.clock import wall_time
from oma.runtime.log_encoder import LogEncoder
from oma.runtime.service.protocol import CLIENTS_CHANGED, PING_S
from oma.store.store import Store
from oma.store.tail import Tail, TailStep

GATHER_S = 0.005
"""How long records gather after some were sent: to wake for each of them costs more than to send it."""

CHECK_S = 5.0
"""How often a reader that takes nothing is looked at: its tail may be cut off."""


@attrs.define(eq=False)
class LogWriter:
    """One reader of the log.

    Args:
        connection: Where it reads.
        header: Of the log.
        store: Of the log.
    """

    connection: trio.socket.SocketType
    header: Header
    store: Store
    _tail: Tail = attrs.field(init=False)
    _encoder: LogEncoder = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.store.pass_time()
        self._tail, self._encoder = self.store.tail(), LogEncoder(self.header, self.store)

    async def run(self) -> None:
        """Write until the log ends, or its reader was cut off.

        Raises:
            OSError: The reader has left.
        """
        await self._send(self._begun())
        while not self._tail.cut_off:
            steps: list[TailStep] = []
            with trio.move_on_at(_next_ping_s()) as quiet:
                steps = await self._tail.receive()
            if not steps and not quiet.cancelled_caught:
                return
            await self._send(self._told(steps) or b"\n")
            if steps and isinstance(steps[-1].record.event, MonitorStopped):
                return
            if steps:
                await trio.sleep(GATHER_S)

    def clients_changed(self) -> None:
        """Tell the reader so. Never blocks."""
        event = Unknown(CLIENTS_CHANGED, {})
        self._tail.put(TailStep(Record(0, self.store.t, event), ()))

    def close(self) -> None:
        """Hold nothing more for the reader."""
        self.store.leave(self._tail)

    def _begun(self) -> bytes:
        """Return how things stand."""
        begun = self._encoder.begun(wall_time())
        self._tail.take()  # what time alone changed by then stands already
        return begun

    def _told(self, steps: Iterable[TailStep]) -> bytes:
        """Return what is to be told of these steps."""
        return self._encoder.told(steps)

    async def _send(self, data: bytes) -> None:
        view = memoryview(data)
        while view and not self._tail.cut_off:
            with trio.move_on_after(CHECK_S):
                view = view[await self.connection.send(view) :]


def _next_ping_s() -> float:
    """Return when something is sent if nothing comes: at the same moment to all, which is one wake."""
    return (trio.current_time() // PING_S + 1) * PING_S
