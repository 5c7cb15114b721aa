"""Reads clients whose agents repeat themselves together, in turns: to wake up costs more than to read.

A client whose output may wait for a moment takes part; it leaves as soon as it says something else, or nothing for a while.
Nothing ticks while none takes part.
"""

import select
from collections.abc import Callable
from contextlib import suppress

import attrs
import trio

from oma.errors import ProtocolError

TURN_S = 0.01
"""The longest that output waits for its turn."""

SILENT_S = 0.5
"""A client that said nothing for so long leaves: what it says next is read at once."""


@attrs.define
class _Reader:
    read: Callable[[], bool]
    read_s: float
    left: trio.Event = attrs.Factory(trio.Event)
    error: ProtocolError | None = None


@attrs.define
class ReadTurns:
    """The turns of the clients of one server; `run` has to run."""

    _readers: dict[int, _Reader] = attrs.Factory(dict)
    _poll: select.poll = attrs.Factory(select.poll)
    _looked_s: float = 0.0
    """When silent ones were looked for."""
    _lot: trio.lowlevel.ParkingLot = attrs.Factory(trio.lowlevel.ParkingLot)

    async def take_part(self, descriptor: int, read: Callable[[], bool]) -> None:
        """Have `read` called in turns while there is something to read.

        Args:
            descriptor: What is read.
            read: Reads once, without blocking, and says whether it stays.

        Raises:
            ProtocolError: `read` raised it.
        """
        reader = self._readers[descriptor] = _Reader(read, trio.current_time())
        self._poll.register(descriptor, select.POLLIN)
        self._lot.unpark_all()
        try:
            await reader.left.wait()
        finally:
            self._forget(descriptor)
        if reader.error is not None:
            raise reader.error

    async def run(self) -> None:
        """Give turns; runs until cancelled."""
        while True:
            while not self._readers:
                await self._lot.park()
            await trio.sleep(TURN_S)
            self._turn(trio.current_time())

    def _turn(self, now_s: float) -> None:
        for descriptor, _ in self._poll.poll(0):
            reader = self._readers[descriptor]
            reader.read_s = now_s
            try:
                stays = reader.read()
            except ProtocolError as error:
                reader.error, stays = error, False
            if not stays:
                self._leave(descriptor, reader)
        if now_s >= self._looked_s + SILENT_S / 4:
            self._looked_s = now_s
            for descriptor, reader in list(self._readers.items()):
                if now_s - reader.read_s > SILENT_S:
                    self._leave(descriptor, reader)

    def _leave(self, descriptor: int, reader: _Reader) -> None:
        self._forget(descriptor)
        reader.left.set()

    def _forget(self, descriptor: int) -> None:
        if self._readers.pop(descriptor, None) is not None:
            with suppress(KeyError):
                self._poll.unregister(descriptor)
