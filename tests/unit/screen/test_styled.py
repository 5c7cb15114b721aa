"""Rows with colours, read back from what the emulator writes out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.screen.emulator import Screen
from oma.screen.styled import PLAIN, TRUE_COLOUR, StyledText, TextStyle, parse_rows


def shown(output, *, columns=40, rows=5, most_rows=5):
    screen = Screen(columns, rows)
    screen.feed(output)
    return screen.styled(most_rows)


@pytest.mark.parametrize(
    ("output", "style"),
    [
        (b"x", PLAIN),
        (b"\x1b[1;31mx", TextStyle(foreground=1, bold=True)),
        (b"\x1b[92mx", TextStyle(foreground=10)),
        (b"\x1b[48;5;200mx", TextStyle(background=200)),
        (b"\x1b[38;2;10;20;30mx", TextStyle(foreground=TRUE_COLOUR | 0x0A141E)),
        (b"\x1b[2;3;4;7mx", TextStyle(dim=True, italic=True, underline=True, reverse=True)),
        (b"\x1b[4:3mx", TextStyle(underline=True)),
        (b"\x1b[58;5;1;4mx", TextStyle(underline=True)),
        (b"\x1b[9mx", PLAIN),
        (b"\x1b[31m\x1b[0mx", PLAIN),
    ],
)
def test_a_style_comes_through_the_emulator(output, style):
    assert shown(output) == ((StyledText("x", style),),)


def test_rows_keep_their_places_and_their_blanks():
    assert shown(b"a\r\n\r\n\x1b[31mb\x1b[0m c") == (
        (StyledText("a", PLAIN),),
        (),
        (StyledText("b", TextStyle(foreground=1)), StyledText(" c", PLAIN)),
    )


def test_the_bottom_rows_are_those_of_the_text_and_the_cursor():
    assert shown(b"1\r\n2\r\n3", most_rows=2) == (
        (StyledText("2", PLAIN),),
        (StyledText("3", PLAIN),),
    )
    assert shown(b"1\r\n\r\n", most_rows=2) == ((), ())
    assert shown(b"1", most_rows=0) == ()


def test_a_screen_that_failed_shows_nothing():
    assert Screen(0, 5).styled(5) == ()


@given(
    st.lists(
        st.binary(max_size=8) | st.sampled_from([b"\x1b[31m", b"\r\n", b"\x1b[7m"]), max_size=9
    )
)
@settings(max_examples=80)
def test_the_text_of_the_runs_is_that_of_the_screen(pieces):
    screen = Screen(20, 6)
    screen.feed(b"".join(pieces))
    rows = screen.styled(6)

    assert len(rows) <= 6
    texts = ["".join(run.text for run in row).rstrip() for row in rows]
    assert texts == [line.rstrip() for line in screen.lines()[: len(rows)]]


@given(st.text(alphabet="\x1b[];:0123456789m\\ab\r\n", max_size=40))
@settings(max_examples=150)
def test_no_text_makes_the_reader_fail(text):
    for row in parse_rows(text):
        assert all(run.text and "\x1b" not in run.text for run in row)
