"""The screen of a pane; tests/integration/test_screen_equals_tmux.py asks tmux whether it is right."""

import ctypes

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.model.events import PaneCaptured
from oma.model.ids import PaneId
from oma.screen.emulator import MAX_CELLS, Screen
from tests.unit.screen.hard_cases import CASES, COLUMNS, ROWS, cut

pieces = st.sampled_from(sorted(CASES.values())) | st.binary(max_size=8)


def _captured(data, *, column=0, row=0, alternate=False):
    return PaneCaptured(PaneId("%1"), COLUMNS, ROWS, column, row, alternate, data)


def _shown(*chunks):
    screen = Screen(COLUMNS, ROWS)
    for chunk in chunks:
        screen.feed(chunk)
    return screen.lines(), screen.cursor, screen.alternate, screen.failed


@pytest.mark.parametrize("name", CASES)
def test_byte_by_byte_shows_the_same(name):
    output = CASES[name]

    assert _shown(*(output[at : at + 1] for at in range(len(output)))) == _shown(output)


@given(st.lists(pieces, max_size=6).map(b"".join), st.lists(st.integers(0, 10_000), max_size=9))
@settings(max_examples=150)
def test_chunking_never_matters(output, borders):
    assert _shown(*cut(output, borders)) == _shown(output)


@given(st.lists(pieces, max_size=6).map(b"".join), st.integers(1, 9), st.integers(1, 9))
@settings(max_examples=150)
def test_whatever_the_output_there_are_all_rows_and_the_cursor_is_on_the_screen(
    output, columns, rows
):
    screen = Screen(columns, rows)
    screen.feed(output)
    column, row = screen.cursor

    assert screen.failed is None
    assert len(screen.lines()) == rows
    assert not any("\n" in line or line.endswith(" ") for line in screen.lines())
    assert 0 <= column <= columns
    assert 0 <= row < rows


def test_lines_that_stand_stay_the_same_objects():
    screen = Screen(20, 3)
    screen.feed(b"one two three\r\nfour")
    before = screen.lines()

    screen.feed(b" five")

    assert screen.lines() == ("one two three", "four five", "")
    assert screen.lines()[0] is before[0]


def test_a_new_screen_is_blank():
    assert _shown() == (("",) * ROWS, (0, 0), False, None)


def test_the_same_text_is_the_same_tuple():
    screen = Screen(COLUMNS, ROWS)
    screen.feed(b"text")
    before = screen.lines()
    screen.feed(b"\x1b[1m\x1b[1;1Htext")

    assert screen.lines() is before
    screen.feed(b"!")
    assert screen.lines() is not before


def test_lines_that_scrolled_away_are_not_kept():
    screen = Screen(COLUMNS, ROWS)
    screen.feed(b"line\r\n" * 5000)

    kept = ctypes.c_size_t(1)
    screen._library.calls.ghostty_terminal_get(
        screen._terminal, screen._library.facts["SCROLLBACK_ROWS"], ctypes.byref(kept)
    )
    assert kept.value == 0


def test_a_look_at_one_screen_tells_nothing_of_another():
    one, other = Screen(COLUMNS, ROWS), Screen(COLUMNS, ROWS)
    one.feed(b"\x1b[?1049h\x1b[2;3Hone")
    other.feed(b"a")

    assert (one.lines()[1], one.cursor, one.alternate) == ("  one", (5, 1), True)
    assert (other.lines()[0], other.cursor, other.alternate) == ("a", (1, 0), False)
    one.feed(b"!")
    assert (one.cursor, one.alternate) == ((6, 1), True)


def test_a_text_longer_than_the_shared_buffer_is_read_whole():
    screen = Screen(400, 200)
    screen.feed("漢".encode() * 200 * 200)

    assert screen.lines() == ("漢" * 200,) * 200


@pytest.mark.parametrize(("columns", "rows"), [(0, 5), (5, 0), (MAX_CELLS + 1, 5), (-1, 2)])
def test_a_screen_of_an_impossible_size_has_failed_and_stays_blank(columns, rows):
    screen = Screen(columns, rows)
    screen.feed(b"text")

    assert f"{columns}x{rows}" in screen.failed
    assert screen.lines() == ("",) * rows
    assert (screen.cursor, screen.alternate) == ((0, 0), False)


def test_output_beyond_the_emulator_fails_the_screen():
    screen = Screen(200, 50)
    screen.feed(b"before")
    before = screen.lines()
    # Every cell of the screen gets a hyperlink of its own, longer than the emulator has room for.
    links = (b"\x1b]8;id=%d;x://%s\x1b\\L" % (cell, b"a" * 500) for cell in range(10_000))
    screen.feed(b"".join(links))

    assert screen.lines() is before
    assert screen.failed == "the emulator could not process the output"


def test_a_failed_screen_keeps_what_it_showed_and_takes_no_more():
    screen = Screen(COLUMNS, ROWS)
    screen.feed(b"before")
    screen.lines()
    screen.failed = "for the test"
    screen.feed(b" after")

    assert screen.lines()[0] == "before"


def test_a_capture_is_shown_with_its_joined_lines_wrapped_again():
    data = b"0123456789" * 3 + b"\n\x1b[31mred\x1b[0m\n\n\n\n"
    screen = Screen.seeded(_captured(data, column=3, row=2))

    assert screen.lines() == ("0123456789" * 2, "0123456789", "red", "", "", "")
    assert screen.cursor == (3, 2)


@pytest.mark.parametrize("end", [b"\n", b""])
def test_the_last_newline_of_a_capture_may_be_missing(end):
    data = b"\n".join(b"row%d" % row for row in range(ROWS)) + end

    assert Screen.seeded(_captured(data)).lines() == tuple(f"row{row}" for row in range(ROWS))


@pytest.mark.parametrize("last", ["x", " ", "漢"])
def test_a_wrap_that_was_pending_in_the_capture_is_pending_again(last):
    width = 2 if last == "漢" else 1
    row = "0" * (COLUMNS - width) + last
    screen = Screen.seeded(_captured(f"first\n{row}\n".encode(), column=COLUMNS, row=1))

    assert screen.cursor == (COLUMNS, 1)
    screen.feed(b"next")
    assert screen.lines()[:3] == ("first", row.rstrip(" "), "next")


def test_a_capture_of_the_alternate_screen_can_be_left():
    screen = Screen.seeded(_captured(b"menu\n", row=3, alternate=True))

    assert (screen.alternate, screen.lines()[0]) == (True, "menu")
    screen.feed(b"\x1b[?1049l")
    assert (screen.alternate, screen.lines()[0]) == (False, "")


def test_line_drawing_in_a_capture_leaves_plain_character_sets_behind():
    screen = Screen.seeded(_captured(b"\x0equ\x0f\n"))
    screen.feed(b"q\x0eq")

    assert screen.lines()[0] == "qq"
