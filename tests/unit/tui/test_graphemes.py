"""Where one character ends for a user."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.tui.graphemes import boundary_after, boundary_before

CLUSTERS = [
    "a",
    " ",
    "e\u0301",
    "👩\u200d💻",
    "❤\ufe0f",
    "\u1112\u1161\u11ab",
    "🇫🇷",
    "\U0001fae8",
    "日",
]


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_what_a_user_takes_for_one_character_has_no_boundary_within(cluster):
    text = f"x{cluster}日"

    assert boundary_after(text, 1) == 1 + len(cluster)
    assert boundary_before(text, 1 + len(cluster)) == 1


@pytest.mark.parametrize("text", ["", "ab", "日本"])
def test_there_is_nothing_before_the_start_or_behind_the_end(text):
    assert boundary_before(text, 0) == 0
    assert boundary_after(text, len(text)) == len(text)


@given(st.lists(st.sampled_from([*CLUSTERS, "\u200d", "\u0301", "\n"]), max_size=8).map("".join))
def test_steps_to_the_right_end_at_the_end_and_steps_to_the_left_at_the_start(text):
    at = 0
    while at < len(text):
        assert boundary_after(text, at) > at
        at = boundary_after(text, at)
    while at > 0:
        assert boundary_before(text, at) < at
        at = boundary_before(text, at)
