"""The calendar of a log, which goes on while the machine sleeps."""

import math
from datetime import UTC, datetime, timedelta

import pytest

from oma.model.health import Ending
from oma.model.wall_time import Sleep, WallTime, log_calendar

BEGAN = datetime(2026, 11, 20, 20, 0, 0, tzinfo=UTC)
SLEPT = WallTime(BEGAN, (Sleep(100.0, 3600.0), Sleep(200.0, 60.0)))


@pytest.mark.parametrize(
    ("t", "shown"),
    [
        (0.0, "20:00:00"),
        (99.9, "20:01:39"),
        (100.0, "21:01:40"),
        (199.0, "21:03:19"),
        (200.0, "21:04:20"),
    ],
)
def test_the_time_of_day_counts_what_was_slept_through_before(t, shown):
    assert SLEPT.time_of_day(t) == shown


def test_what_happened_before_a_sleep_is_as_long_ago_as_the_calendar_says():
    assert SLEPT.elapsed_s(90.0, 110.0) == 3620.0
    assert SLEPT.elapsed_s(110.0, 150.0) == 40.0
    assert SLEPT.elapsed_s(90.0, 210.0) == 3780.0
    assert WallTime(BEGAN).elapsed_s(1.0, 3.0) == 2.0


def test_what_never_happened_is_for_ever_ago():
    assert SLEPT.elapsed_s(-math.inf, 300.0) == math.inf


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        (Ending("in 5m", 400.0), "until 12:06:40"),
        (Ending("in 1d", 100.0 + 86400.0), "until 2026-11-21 12:01"),
        (Ending("3:45pm"), "until 3:45pm"),
    ],
)
def test_a_failure_ends_at_a_time_of_day_and_on_another_day_at_a_date(ending, words):
    assert WallTime(datetime(2026, 11, 20, 12, tzinfo=UTC)).until(ending, 100.0) == words


def test_what_was_slept_through_counts_until_a_failure_ends():
    slept = WallTime(datetime(2026, 11, 20, 12, tzinfo=UTC), (Sleep(50.0, 3600.0),))

    assert slept.until(Ending("in 5m", 400.0), 100.0) == "until 13:06:40"


def test_a_log_is_told_in_the_time_zone_of_the_user():
    calendar = log_calendar("2026-11-20T20:00:00Z", (Sleep(1.0, 60.0),))

    assert calendar.began == BEGAN
    assert calendar.began.utcoffset() == BEGAN.astimezone().utcoffset()
    assert calendar.moment(2.0) == BEGAN + timedelta(seconds=62)
