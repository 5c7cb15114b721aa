"""The only reader of wall time. Everything else runs on seconds since the log began.

So a replay needs no clock, and a test can supply its own. Time that the machine slept does not count:
an agent is not silent because the machine was.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime

import attrs

from oma.model.wall_time import Sleep, WallTime, log_calendar

_LEAST_SLEEP_S = 1.0
"""Less than this is no sleep: the two clocks that tell it are read one after the other."""


def suspended_s() -> float:
    """Return how many seconds this machine has slept since it started; 0 where that is unknown.

    The clock of the event loop stands still meanwhile.
    """
    if not hasattr(time, "CLOCK_BOOTTIME"):
        return 0.0
    return time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)


def age_s(written_ns: int) -> float:
    """Return how many seconds ago a file was written, by the calendar; 0 for one of the future."""
    return round(max(0.0, (time.time_ns() - written_ns) / 1e9), 3)


def _loop_time_s() -> float:
    import trio  # a look of its own does without

    return trio.current_time()


@attrs.define
class LogClock:
    """When a log began, by the calendar and by the event loop."""

    started_at: str
    """Wall time in UTC: `2026-11-20T20:03:58.123456Z`."""
    began_s: float
    """The event loop's time at that moment."""
    _suspended_s: Callable[[], float] = suspended_s
    _time_s: Callable[[], float] = _loop_time_s
    sleeps: tuple[Sleep, ...] = ()
    """Those of the machine that were noticed, oldest first."""
    _known_s: float = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._known_s = self._suspended_s()

    def now_s(self) -> float:
        """Return the seconds since the log began, without those that the machine slept."""
        now_s, suspended_s = self._time_s() - self.began_s, self._suspended_s()
        if suspended_s - self._known_s >= _LEAST_SLEEP_S:
            self.sleeps = (*self.sleeps, Sleep(now_s, suspended_s - self._known_s))
            self._known_s = suspended_s
        return now_s

    def wall_time(self) -> WallTime:
        """Return the calendar of the log as it is known now, in the time zone of the user."""
        return log_calendar(self.started_at, self.sleeps)

    def loop_time_s(self, t: float) -> float:
        """Return the event loop's time at the log's time `t`."""
        return self.began_s + t


def start_clock() -> LogClock:
    """Begin a log now."""
    return LogClock(wall_time(), _loop_time_s())


def start_own_clock() -> LogClock:
    """Begin a log now, where no event loop runs."""
    return LogClock(wall_time(), time.monotonic(), time_s=time.monotonic)


def wall_time() -> str:
    """Return the wall time in UTC, in the form of `LogClock.started_at`."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def epoch_s() -> float:
    """Return wall time in seconds since the epoch: for what outlives a log."""
    return datetime.now(UTC).timestamp()


def recording_name() -> str:
    """Return a file name for a recording that begins now, by local time."""
    return f"oma-{datetime.now().astimezone():%Y%m%d-%H%M%S}.jsonl"
