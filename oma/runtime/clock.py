"""The only reader of wall time. Everything else runs on seconds since the log began."""

from datetime import UTC, datetime

import attrs
import trio


@attrs.frozen
class LogClock:
    """When a log began, by the calendar and by the event loop."""

    started_at: str
    """Wall time in UTC: `2026-11-20T20:03:58.123456Z`."""
    began_s: float
    """The event loop's time at that moment."""

    def now_s(self) -> float:
        """Return the seconds since the log began."""
        return trio.current_time() - self.began_s

    def loop_time_s(self, t: float) -> float:
        """Return the event loop's time at the log's time `t`."""
        return self.began_s + t


def start_clock() -> LogClock:
    """Begin a log now."""
    return LogClock(wall_time(), trio.current_time())


def wall_time() -> str:
    """Return the wall time in UTC, in the form of `LogClock.started_at`."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def epoch_s() -> float:
    """Return wall time in seconds since the epoch: for what outlives a log."""
    return datetime.now(UTC).timestamp()


def recording_name() -> str:
    """Return a file name for a recording that begins now, by local time."""
    return f"oma-{datetime.now().astimezone():%Y%m%d-%H%M%S}.jsonl"
