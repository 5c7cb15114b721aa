"""Hours of the day in which nothing is told.

>>> from datetime import UTC, datetime
>>> night = parse_period("22:30-07:00")
>>> quiet_s((night,), datetime(2026, 11, 29, 6, 59, tzinfo=UTC))
60.0
>>> quiet_s((night,), datetime(2026, 11, 29, 7, 0, tzinfo=UTC))
0.0
"""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

import attrs


@attrs.frozen
class Period:
    """From one time of day to another one; over midnight where the second is not the later one."""

    start: time
    end: time

    def rest_s(self, now: datetime) -> float:
        """Return how many seconds of it are left; 0 outside of it.

        Args:
            now: With a time zone, whose changes (daylight saving) count.
        """
        for days in (-1, 0):
            day = now.date() + timedelta(days=days)
            last = day if self.start < self.end else day + timedelta(days=1)
            begins = datetime.combine(day, self.start, now.tzinfo)
            ends = datetime.combine(last, self.end, now.tzinfo)
            if _instant(begins) <= _instant(now) < _instant(ends):
                return (_instant(ends) - _instant(now)).total_seconds()
        return 0.0


def _instant(moment: datetime) -> datetime:
    # Two times of one zone are compared by what the clock on the wall shows.
    return moment.astimezone(UTC)


def parse_period(text: str) -> Period | None:
    """Return the period that `HH:MM-HH:MM` means; `None` where it means none."""
    start, _, end = text.partition("-")
    begins, ends = _parse_time(start), _parse_time(end)
    return None if begins is None or ends is None else Period(begins, ends)


def quiet_s(periods: Iterable[Period], now: datetime) -> float:
    """Return for how many seconds from now it stays quiet; 0 where it is not."""
    return max((period.rest_s(now) for period in periods), default=0.0)


def _parse_time(text: str) -> time | None:
    hours, colon, minutes = text.strip().partition(":")
    if not colon or len(minutes) != 2 or not 1 <= len(hours) <= 2:
        return None
    if not (hours + minutes).isascii() or not (hours + minutes).isdigit():
        return None
    return time(int(hours), int(minutes)) if int(hours) < 24 and int(minutes) < 60 else None
