"""Reads a recording into its history, beside the dashboard that shows it already.

Folding an hour takes seconds: it is done in slices, and between two of them keys are answered. The file
is read in a worker thread, so that a stream that has nothing to say delays nobody.
"""

import time
from collections.abc import Iterator, Sequence

import attrs
import trio

from oma.errors import RecordingError
from oma.model.events import Record
from oma.store.history import History

SLICE_S = 0.01
"""How long the rest waits at most."""

_LOOK_AT_CLOCK_EVERY = 16
"""Records; one takes a small part of a millisecond."""


@attrs.define
class Replayer:
    """Reads one recording.

    Args:
        history: Where its records go.
    """

    history: History
    done: bool = False
    """Nothing more will be read."""
    failed: str | None = None
    """Why reading ended before the end, or `None`."""
    _news: trio.Event = attrs.Factory(trio.Event)

    async def read(self, batches: Iterator[Sequence[Record]]) -> None:
        """Take all records; what is damaged ends it, and what was read before stays.

        Cancelled, it leaves the thread to wait for what may never come: the file must be unbuffered.
        """
        try:
            while (batch := await self._next(batches)) is not None:
                await self._take(batch)
                self._news.set()
        except RecordingError as damage:
            self.failed = str(damage)
        self.done = True
        self._news.set()

    async def came(self) -> None:
        """Wait until something was read, or the end was reached, since this last returned."""
        await self._news.wait()
        self._news = trio.Event()

    async def _next(self, batches: Iterator[Sequence[Record]]) -> Sequence[Record] | None:
        return await trio.to_thread.run_sync(next, batches, None, abandon_on_cancel=True)

    async def _take(self, batch: Sequence[Record]) -> None:
        began_s = time.perf_counter()
        for count, record in enumerate(batch):
            self.history.take(record)
            if count % _LOOK_AT_CLOCK_EVERY == 0 and time.perf_counter() - began_s > SLICE_S:
                await trio.lowlevel.checkpoint()
                began_s = time.perf_counter()
