"""The rows of a pane that is read."""

import pytest

from oma.screen.styled import StyledText, TextStyle
from oma.tui.pane_text import ReadingPane, marked, row_text
from tests.unit.tui.fleets import agent


@pytest.mark.parametrize(("begun", "rows"), [(None, [5]), (3, [3, 4, 5]), (7, [5, 6, 7])])
def test_what_is_marked_is_in_either_direction(begun, rows):
    assert list(marked(ReadingPane(agent(1), at=5, begun=begun))) == rows


def test_a_row_says_what_its_pieces_say_fit_for_a_terminal():
    assert row_text((StyledText("a", TextStyle()), StyledText("b\u200bc", TextStyle()))) == "abc"
