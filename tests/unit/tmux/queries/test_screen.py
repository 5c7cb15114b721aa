import pytest

from oma.errors import ProtocolError
from oma.tmux.commands.pane_questions import CapturePane
from oma.tmux.queries.screen import (
    SCREEN_FORMAT,
    ScreenRow,
    capture,
    parse_screen,
)


def test_a_screen_is_what_a_capture_does_not_show():
    assert parse_screen(["80\t24\t80\t23\t1"]) == ScreenRow(
        columns=80,
        rows=24,
        cursor_column=80,
        cursor_row=23,
        alternate=True,
    )


@pytest.mark.parametrize("lines", [[], ["80\t24"], 2 * ["80\t24\t80\t23\t1"]])
def test_an_answer_of_another_shape_is_refused(lines):
    with pytest.raises(ProtocolError):
        parse_screen(lines)


def test_a_capture_asks_for_the_state_first():
    state, screen = capture("%3").commands

    assert state.words()[:3] == ("list-panes", "-t", "%3")
    assert screen == CapturePane("%3", styled=True)


def test_the_format_holds_nothing_that_strftime_would_expand():
    assert "%" not in SCREEN_FORMAT
