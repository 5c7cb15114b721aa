"""Gives a log to one reader: how things stand, and from then on every record, numbered for it alone.

So what a reader gets is a recording that begins when it came.
"""

from collections.abc import Iterable

import attrs
import trio

from oma.model.events import MonitorStopped, Record, Unknown
from oma.recording.recording_format import Header, encode_header, encode_record
from oma.runtime.clock import wall_time
from oma.runtime.service.protocol import CLIENTS_CHANGED, PING_S
from oma.store.store import Store
from oma.store.tail import Step, Tail

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
    _began_s: float = attrs.field(init=False)
    _seq: int = attrs.field(default=0, init=False)

    def __attrs_post_init__(self) -> None:
        self.store.pass_time()
        self._tail, self._began_s = self.store.tail(), self.store.t

    async def run(self) -> None:
        """Write until the log ends, or its reader was cut off.

        Raises:
            OSError: The reader has left.
        """
        await self._send(self._begun())
        while not self._tail.cut_off:
            steps: list[Step] = []
            with trio.move_on_after(PING_S) as quiet:
                steps = await self._tail.receive()
            if not steps and not quiet.cancelled_caught:
                return
            await self._send(self._told(steps) or b"\n")
            if steps and isinstance(steps[-1].record.event, MonitorStopped):
                return
            await trio.sleep(GATHER_S)

    def clients_changed(self) -> None:
        """Tell the reader so. Never blocks."""
        event = Unknown(CLIENTS_CHANGED, {})
        self._tail.put(Step(Record(0, self.store.t, event), ()))

    def close(self) -> None:
        """Hold nothing more for the reader."""
        self.store.leave(self._tail)

    def _begun(self) -> bytes:
        """Return how things stand."""
        header = attrs.evolve(self.header, started_at=wall_time(), tmux=self.store.state.tmux)
        facts = [Record(0, self.store.t, event) for event in self.store.checkpoint()]
        return encode_header(header) + self._encoded(facts)

    def _told(self, steps: Iterable[Step]) -> bytes:
        """Return what is to be told of these steps."""
        return self._encoded(step.record for step in steps)

    def _encoded(self, records: Iterable[Record]) -> bytes:
        lines = []
        for record in records:
            self._seq += 1
            t = max(0.0, round(record.t - self._began_s, 6))
            lines.append(encode_record(Record(self._seq, t, record.event)))
        return b"".join(lines)

    async def _send(self, data: bytes) -> None:
        view = memoryview(data)
        while view and not self._tail.cut_off:
            with trio.move_on_after(CHECK_S):
                view = view[await self.connection.send(view) :]
