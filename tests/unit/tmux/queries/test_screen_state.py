import pytest

from oma.errors import ProtocolError
from oma.tmux.queries.screen_state import (
    ENDED_FORMAT,
    SCREEN_FORMAT,
    EndedProgram,
    ScreenRow,
    parse_screen,
)

LEFT = b"last words\nmore\n\n"
"""What stands above the notice of a screen of three rows, and the row that scrolled away above it."""


def left(state, printed=LEFT + b"Pane is dead\n"):
    """The data, and the row of the cursor, of a screen of a state."""
    captured = parse_screen([state]).captured("%1", printed)
    return captured.data, captured.cursor_row


def test_a_screen_is_what_a_capture_does_not_show():
    assert parse_screen(["80\t24\t80\t23\t1"]) == ScreenRow(
        columns=80,
        rows=24,
        cursor_column=80,
        cursor_row=23,
        alternate=True,
    )


def test_of_a_program_that_has_ended_there_is_more_to_know():
    assert parse_screen(["80\t24\t0\t23\t0\t1\t0\t1"]).ended == EndedProgram(
        has_ended=True, has_history=False, has_notice=True
    )


@pytest.mark.parametrize("lines", [[], ["80\t24"], 2 * ["80\t24\t80\t23\t1"], ["80" + "\t1" * 6]])
def test_an_answer_of_another_shape_is_refused(lines):
    with pytest.raises(ProtocolError):
        parse_screen(lines)


def test_the_format_holds_nothing_that_strftime_would_expand():
    assert "%" not in SCREEN_FORMAT + ENDED_FORMAT


def test_a_program_that_has_ended_left_what_scrolled_away_and_not_the_notice():
    assert left("20\t3\t0\t2\t0\t1\t9\t1") == (LEFT, 1)


def test_a_notice_of_two_rows_is_left_out():
    assert left("20\t4\t0\t2\t0\t1\t9\t1", LEFT + b"Pane is\ndead\n") == (LEFT, 1)


def test_no_more_rows_are_shown_than_there_are():
    assert left("20\t2\t0\t2\t0\t1\t9\t1") == (b"more\n\n", 0)


@pytest.mark.parametrize(
    ("state", "printed"),
    [
        ("20\t3\t0\t2\t0\t1\t0\t1", b"more\n\nPane is dead\n"),
        ("20\t3\t0\t2\t1\t1\t9\t1", b"of the other screen\nmore\n\nPane is dead\n"),
    ],
    ids=["no history", "alternate screen"],
)
def test_the_first_row_is_lost_where_tmux_keeps_none(state, printed):
    assert left(state, printed) == (b"\nmore\n\n", 1)


@pytest.mark.parametrize("state", ["20\t4\t3\t2\t0\t0\t9\t1", "20\t4\t3\t2\t0\t1\t9\t0"])
def test_the_screen_stays_where_there_is_no_notice(state):
    assert left(state, b"above\na\nb\nc\nd\n") == (b"a\nb\nc\nd\n", 2)
