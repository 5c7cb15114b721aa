"""Few words for numbers and moments."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.tui.format import (
    ago,
    elapsed,
    next_ages_change_s,
    next_change_s,
    percent,
    short_name,
    size,
)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-1, "now"), (0.9, "now"), (1, "1s ago"), (59.9, "59s ago"), (60, "1m ago"),
        (3599, "59m ago"), (3600, "1h ago"), (86400, "1d ago"), (1e6, "11d ago"),
    ],
)  # fmt: skip
def test_moments(seconds, words):
    assert ago(seconds) == words


@given(st.floats(0, 1e6))
def test_words_about_a_moment_change_when_they_are_said_to(seconds):
    change_s = next_change_s(seconds)

    assert change_s > 0
    assert ago(seconds + change_s + 1e-6) != ago(seconds)
    assert ago(seconds + change_s * 0.9) == ago(seconds)


@pytest.mark.parametrize(
    ("count", "words"),
    [(None, "-"), (0, "0B"), (1023, "1023B"), (2048, "2K"), (5 << 20, "5M"), (4.2 * 2**30, "4.2G"),
     (200 << 30, "200G")],
)  # fmt: skip
def test_amounts_of_memory(count, words):
    assert size(count) == words


def test_shares_of_a_processor():
    assert (percent(None), percent(0.4), percent(250)) == ("-", "0%", "250%")


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("oma-agent-api", "api"),
        ("oma-agent-", "oma-agent-"),
        ("mine", "mine"),
        ("box/oma-agent-api", "box/api"),
        ("a/b", "a/b"),
    ],
)
def test_names_lose_what_all_of_them_share(name, short):
    assert short_name(name, "oma-agent-") == short


def test_how_long_something_lasts():
    assert [elapsed(s) for s in (0.5, 12, 300, 7300, 90000)] == ["now", "12s", "5m", "2h", "1d"]


def test_ages_that_change_one_after_the_other_are_told_together():
    assert next_ages_change_s([100.5, 119.0, math.inf]) == 1.0
    assert next_ages_change_s([3600.0, 115.0]) == 5.0
    assert next_ages_change_s([math.inf]) == math.inf
