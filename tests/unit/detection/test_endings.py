"""When a failure says that it ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.detection.endings import LONGEST_S, ending_of, is_same_ending
from oma.model.health import Ending

HOUR_S = 3600.0


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        ("try again in 12 minutes", 720),
        ("In 12 minutes you can try again.", 720),
        ("retry after 30s", 30),
        ("Retry-After: 30", 30),
        ('{"retry-after": "30"}', 30),
        ("limit resets in 2h 5m", 7500),
        ("limit resets in 2h5m", 7500),
        ("Your quota will reset after 14h20m30s.", 51630),
        ("Try again in 3 days 5 hours and 12 minutes.", 277920),
        ("Retrying in 4.0 seconds...", 4),
        ("✻ API error (2m 3s) · Retrying in 19s · attempt 6/10", 19),
        ("retrying in 500ms", 0.5),
        ("Please wait 45 seconds before you try again", 45),
        ("wait another 2 min", 120),
        ("available in about an hour", HOUR_S),
        ("Credits renew in 1 week", 7 * 24 * HOUR_S),
        ("12:00:01 ERROR rate limit, try again in 1m", 60),
    ],
)
def test_in_how_long_counts_from_when_the_line_came(line, seconds):
    found = ending_of([line], 100.0)

    assert found is not None
    assert found.t == 100.0 + seconds


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("limit resets 3:45pm", "3:45pm"),
        ("You've hit your limit ∙ resets 3:45pm (Europe/Paris)", "3:45pm (Europe/Paris)"),
        ("At 3:45 PM your limit resets", "3:45 PM"),
        ("usage limit (until 3pm)", "3pm"),
        ("resets at 2026-11-30 04:00", "2026-11-30 04:00"),
        ("resets at 2026-11-30T04:00:00Z", "2026-11-30T04:00:00Z"),
        ("weekly limit · resets Dec 3 at 4am (UTC)", "Dec 3 at 4am (UTC)"),
        ("Try again at Dec 5th, 2026 3:45 PM.", "Dec 5th, 2026 3:45 PM"),
        ("Available again at 16:00", "16:00"),
        ("the limit is lifted tomorrow at 9 am", "tomorrow at 9 am"),
        ("resets Monday", "Monday"),
        ("resets at 5 p.m.", "5 p.m."),
    ],
)
def test_a_time_of_day_stays_as_the_agent_wrote_it(line, text):
    assert ending_of([line], 100.0) == Ending(text)


@pytest.mark.parametrize(
    "line",
    [
        "Rate limit reached. Try again later",
        "12:00:01 ERROR Rate limit. Please try again later",
        "Request timed out after 30s, try again",
        "It failed at 3:45pm",
        "took 12 minutes",
        "resets in a few minutes",
        "retry after 99999999999999s",
        "try again in 999999w",
        "retry-after: 0",
        "",
    ],
)
def test_what_names_no_end_has_none(line):
    assert ending_of([line], 100.0) is None


def test_it_may_stand_in_a_line_below():
    lines = ["● Rate limit reached", "  Try again in 5m", "  or in 9m retry"]

    assert ending_of(lines, 0.0) == Ending("in 5m", 300.0)


_WORDS = st.sampled_from(
    [
        "resets",
        "in",
        "try again",
        "retry-after:",
        "at",
        "3:45pm",
        "12",
        "m",
        "9" * 40,
        "1.5h",
        "utc",
        "an hour",
    ]
)


@given(st.lists(st.one_of(_WORDS, st.text(max_size=8)), max_size=30), st.floats(-1e6, 1e9))
def test_hostile_numbers_are_bounded(words, t):
    found = ending_of([" ".join(words), "".join(words)], t)

    assert found is None or found.t is None or 0 <= found.t - t <= LONGEST_S + 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Ending("in 9s", 9.0), Ending("in 8s", 9.4), True),
        (Ending("in 9s", 9.0), Ending("in 9s", 12.0), False),
        (Ending("3pm"), Ending("3pm"), True),
        (Ending("3pm"), Ending("4pm"), False),
        (None, Ending("3pm"), False),
        (None, None, True),
    ],
)
def test_a_countdown_tells_of_one_moment(one, other, same):
    assert is_same_ending(one, other) is same
