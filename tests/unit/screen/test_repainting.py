"""Output that shows given rows and says given signals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.model.signals import (
    Bell,
    Notified,
    ProgressShown,
    PromptMarked,
    StatusReported,
    TitleSet,
)
from oma.screen.emulator import Screen
from oma.screen.repainting import repaint, signal_output
from oma.screen.signal_scanner import SignalScanner

ROWS = st.lists(st.text("ab ─❯", max_size=12).map(str.rstrip), min_size=4, max_size=4).map(tuple)


@given(st.lists(ROWS, min_size=1, max_size=4), st.integers(0, 9), st.integers(0, 3))
def test_a_terminal_shows_the_rows_and_has_the_cursor_where_it_is_to_stand(screens, column, row):
    screen, before = Screen(10, 4), ()
    for rows in screens:
        screen.feed(repaint(before, rows, (column, row)))
        before = rows

    # What is too wide is cut off, and spoils no other row.
    assert [line[:9].rstrip() for line in screen.lines()] == [
        each[:9].rstrip() for each in screens[-1]
    ]
    assert screen.cursor == (column, row)


def test_rows_that_stay_are_not_written_again():
    assert repaint(("a", "b"), ("a", "b"), (2, 1)) == b"\x1b[2;3H"


@pytest.mark.parametrize(
    "signal",
    [
        TitleSet("✳ xx"),
        Bell(),
        Notified("needs you; now"),
        ProgressShown(1, 40),
        ProgressShown(3, None),
        PromptMarked("A", None),
        PromptMarked("D", 1),
        StatusReported("blocked", "permission", "claude", "", "may I?"),
        StatusReported("idle"),
    ],
)
def test_a_signal_is_heard_as_it_was(signal):
    assert SignalScanner().scan(signal_output(signal)) == [signal]


def test_a_hostile_text_ends_no_sequence():
    assert SignalScanner().scan(signal_output(TitleSet("a\x07\x1b[2J"))) == [TitleSet("a␇␛[2J")]
