"""Days of agents for the page, from the history that the service keeps: read beside the event loop, and not too often."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import attrs
import trio

from oma.summary.summary_shapes import AgentDayDocument

AGAIN_S = 30.0
"""What was read is told again for so long."""

ReadDays = Callable[[datetime], Sequence[AgentDayDocument]]
"""Returns the days from a moment on; may block, and raise an `OmaError`."""


@attrs.define
class Statistics:
    """What was in the last days.

    Args:
        read: Reads it.
        now_s: Seconds since the epoch.
    """

    read: ReadDays
    now_s: Callable[[], float]
    _lock: trio.Lock = attrs.Factory(trio.Lock)
    _kept: dict[int, tuple[float, Sequence[AgentDayDocument]]] = attrs.Factory(dict)

    async def days(self, count: int) -> Sequence[AgentDayDocument]:
        """Return every agent on each of the last days.

        Args:
            count: Of days; the last of them is not over.

        Raises:
            OmaError: The history cannot be read.
        """
        async with self._lock:
            now_s = self.now_s()
            at_s, days = self._kept.get(count, (float("-inf"), ()))
            if not 0.0 <= now_s - at_s < AGAIN_S:
                since = _midnight(now_s, count - 1)
                days = await trio.to_thread.run_sync(self.read, since, abandon_on_cancel=True)
                self._kept[count] = now_s, days
            return days


def _midnight(now_s: float, days_before: int) -> datetime:
    """Return when a day of this machine's calendar began."""
    today = datetime.fromtimestamp(now_s, UTC).astimezone()
    day = (today - timedelta(days=days_before)).date()
    return datetime(day.year, day.month, day.day).astimezone()  # of this machine
