from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.notify.quiet_hours import Period, parse_period, quiet_s


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("22:00-07:30", Period(time(22), time(7, 30))),
        (" 9:05 - 17:00 ", Period(time(9, 5), time(17))),
        ("00:00-00:00", Period(time(0), time(0))),
        *(
            (text, None)
            for text in ("", "22-7", "24:00-07:00", "22:60-7:00", "22:00", "a:bb-1:00")
        ),
        ("22:00-7:0", None),
        ("²²:00-07:00", None),
    ],
)
def test_a_period_is_two_times_of_day(text, period):
    assert parse_period(text) == period


@pytest.mark.parametrize(
    ("text", "now", "rest_s"),
    [
        ("22:00-07:00", "2026-11-29T21:59:59", 0),
        ("22:00-07:00", "2026-11-29T22:00:00", 9 * 3600),
        ("22:00-07:00", "2026-11-30T06:59:30", 30),
        ("22:00-07:00", "2026-11-30T07:00:00", 0),
        ("12:00-13:00", "2026-11-29T12:15:00", 45 * 60),
        ("12:00-13:00", "2026-11-29T11:00:00", 0),
        ("00:00-00:00", "2026-11-29T15:00:00", 9 * 3600),
    ],
)
def test_the_rest_of_a_period(text, now, rest_s):
    assert (
        quiet_s((parse_period(text),), datetime.fromisoformat(now).replace(tzinfo=UTC)) == rest_s
    )


def test_the_night_in_which_the_clock_is_set_back_is_an_hour_longer():
    berlin = ZoneInfo("Europe/Berlin")
    night = parse_period("22:00-07:00")

    assert night.rest_s(datetime(2026, 10, 24, 22, 0, tzinfo=berlin)) == 10 * 3600
    assert night.rest_s(datetime(2026, 3, 28, 22, 0, tzinfo=berlin)) == 8 * 3600


def test_without_periods_it_is_never_quiet():
    assert quiet_s((), datetime(2026, 11, 29, tzinfo=UTC)) == 0


@given(st.times(), st.times(), st.integers(0, 10 * 86400))
def test_after_the_rest_the_period_is_over(start, end, second):
    period = Period(start, end)
    now = datetime(2026, 11, 29, tzinfo=UTC) + timedelta(seconds=second)
    rest_s = period.rest_s(now)

    assert 0 <= rest_s <= 86400
    if rest_s and start != end:
        assert period.rest_s(now + timedelta(seconds=rest_s)) == 0
