"""A pane that is read, as it is drawn."""

import attrs
from hypothesis import given
from hypothesis import strategies as st

from oma.screen.styled import StyledText, TextStyle
from oma.tui.cells import Size, line_cells
from oma.tui.pane_page import pane_page
from oma.tui.pane_text import ReadingPane
from tests.unit.tui.fleets import agent, render_input, styled_rows, text_of

ONE = agent(1, "one")
GREEN = TextStyle(foreground=2)
ROWS = tuple((StyledText(f"row {n} is Row {n}", GREEN),) for n in range(20))


def drawn(mode, rows=6):
    return pane_page(render_input(ONE), mode, Size(90, rows))


def test_the_rows_are_shown_in_their_colours_with_where_one_is():
    head, *lines = drawn(ReadingPane(ONE, ROWS, at=9, first=6))

    assert "row 10 of 20" in text_of(head)
    assert [text_of(line) for line in lines] == [
        " row 6 is Row 6",
        " row 7 is Row 7",
        " row 8 is Row 8",
        "▸row 9 is Row 9",
        " row 10 is Row 10",
    ]
    assert lines[0][1].style == GREEN


def test_what_is_found_and_what_is_marked_look_otherwise():
    _, line, *_ = drawn(ReadingPane(ONE, ROWS, text="ROW 6", first=6, at=6))
    assert [part.text for part in line if part.style == "question"] == ["row 6", "Row 6"]

    _, *lines = drawn(ReadingPane(ONE, ROWS, first=6, at=7, begun=8))
    reversed_ = [line[1].style.reverse for line in lines]
    assert reversed_ == [False, True, True, False, False]


def test_while_it_is_read_it_says_so():
    assert "being read" in text_of(drawn(ReadingPane(ONE))[0])


@given(
    styled_rows(),
    st.integers(0, 9),
    st.integers(0, 9),
    st.none() | st.integers(0, 9),
    st.text(max_size=2),
    st.integers(1, 40),
    st.integers(0, 8),
)
def test_nothing_is_off_the_grid(rows, at, first, begun, text, columns, height):
    at = min(at, max(0, len(rows or ()) - 1))
    mode = attrs.evolve(ReadingPane(ONE, rows), at=at, first=first, begun=begun, text=text)
    lines = pane_page(render_input(ONE), mode, Size(columns, height))

    assert len(lines) <= height
    assert all(line_cells(line) <= columns for line in lines)
    assert all(part.text for line in lines for part in line)
