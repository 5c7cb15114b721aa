"""A snapshot of a screen, against the screen that it is fed into."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from oma.screen.emulator import Screen
from tests.unit.screen.hard_cases import CASES, COLUMNS, ROWS

MODES = [
    b"\x1b[?%d%c" % (mode, way)
    for mode in (1, 6, 7, 25, 45, 1000, 1002, 1003, 1006, 1049, 2004)
    for way in b"hl"
]
OTHERS = [
    b"\x1b[2;4r", b"\x1b[r", b"\x1b[4h", b"\x1b[4l", b"\x1b=", b"\x1b>", b"\x1b[5;3H", b"\x1b[1;31m",
    b"\x1b[48;2;1;2;3m", b"\x1b[0m", b"\x1b(0lqk\x1b(B", b"\x1b)0\x0eqq\x0f", b"\x1bH", b"\x1b[3g",
    b"\x1b[2J", b"\x1b[K", b"x" * COLUMNS, "日本".encode(), b"\r\n", b"\x1bM", b"\x1b[4 q", b"text", b"\t",
]  # fmt: skip
pieces = st.sampled_from(MODES + OTHERS) | st.sampled_from(sorted(CASES.values()))


def _again(screen):
    again = Screen(screen.columns, screen.rows)
    again.feed(screen.snapshot())
    return again


def _looks(screen):
    return screen.lines(), screen.styled(screen.rows), screen.cursor, screen.alternate


@given(st.lists(pieces, max_size=12).map(b"".join), st.integers(0, 4000))
@settings(max_examples=300)
def test_a_new_terminal_shows_the_same_and_has_the_same_modes(output, cut):
    screen = Screen(COLUMNS, ROWS)
    screen.feed(output[:cut])
    column, row = screen.cursor
    # A wrap that is pending behind a blank cell is not written out: nobody can see it.
    assume(column < COLUMNS or len(screen.lines()[row]) == COLUMNS)
    again = _again(screen)

    assert _looks(again) == _looks(screen)
    assert again.snapshot() == screen.snapshot()


@given(st.lists(pieces, max_size=12).map(b"".join), st.integers(0, 4000))
@settings(max_examples=100)
def test_what_is_pending_makes_up_for_a_cut_anywhere(output, cut):
    first, rest = Screen(COLUMNS, ROWS), Screen(COLUMNS, ROWS)
    first.feed(output[:cut])
    again = Screen(COLUMNS, ROWS)
    again.feed(first.snapshot() + first.pending)
    rest.feed(first.pending)

    assert again.pending == first.pending == rest.pending
    assert rest.lines() == ("",) * ROWS


@pytest.mark.parametrize(
    "output",
    [b"", b"\x1b", b"\x1b[3", b"\x1b]0;tit", b"\x1b(", "€".encode()[:2], b"\x1bP", b"\x1bPq", b"\x1bPq\x1b"],
)  # fmt: skip
def test_the_unfinished_end_of_the_output_is_pending(output):
    screen = Screen(COLUMNS, ROWS)
    screen.feed(b"text" + output)

    assert screen.pending == output


def test_a_string_too_long_to_be_told_again_is_pending_as_another_one():
    screen = Screen(COLUMNS, ROWS)
    screen.feed(b"text\x1b]0;" + b"x" * 5000)

    assert screen.pending == b"\x1b]"


def test_a_failed_screen_has_no_snapshot():
    screen = Screen(0, 0)

    assert screen.snapshot() is None
    assert screen.pending == b""


def test_the_cursor_of_origin_mode_is_where_it_was():
    screen = Screen(COLUMNS, ROWS)
    for before in (b"", b"\x1b[>4;2m"):  # how keys are told stands between region and cursor
        screen.feed(before + b"\x1b[2;4r\x1b[?6h\x1b[2;3H")

        assert _again(screen).cursor == screen.cursor == (2, 2)
