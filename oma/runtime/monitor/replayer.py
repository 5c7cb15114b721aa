"""Reads a recording into its history, beside the dashboard that shows it already.

Folding an hour takes seconds: it is done in slices, and between two of them keys are answered.
"""

import time
from collections.abc import Iterable

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

    async def read(self, records: Iterable[Record]) -> None:
        """Take all records; what is damaged ends it, and what was read before stays."""
        began_s = time.perf_counter()
        try:
            for count, record in enumerate(records):
                self.history.take(record)
                if count % _LOOK_AT_CLOCK_EVERY == 0 and time.perf_counter() - began_s > SLICE_S:
                    await trio.lowlevel.checkpoint()
                    began_s = time.perf_counter()
        except RecordingError as damage:
            self.failed = str(damage)
        self.done = True
