"""What a terminal shows of a pane that need not have its size."""

from hypothesis import given
from hypothesis import strategies as st

from oma.screen.styled import StyledText, TextStyle
from oma.tui.cells import Size, line_cells
from oma.tui.pane_frame import pane_frame

STYLE = TextStyle(bold=True)


def screen(*rows):
    return tuple((StyledText(row, STYLE),) if row else () for row in rows)


def texts(rows, cursor=None, columns=8, lines=2, notice=""):
    frame = pane_frame(rows, cursor, Size(columns, lines), notice)
    return ["".join(part.text for part in line) for line in frame.lines], frame.cursor


def test_a_pane_that_fits_stands_at_the_top_left_in_its_own_colours():
    frame = pane_frame(screen("one"), (3, 0), Size(8, 2))

    assert [(part.text, part.style) for part in frame.lines[0]] == [("one", STYLE)]
    assert (frame.lines[1], frame.cursor) == ((), (0, 3))


def test_of_a_larger_pane_its_bottom_left_is_shown():
    assert texts(screen("one", "two", "three and more")) == (["two", "three an"], None)


def test_the_cursor_is_followed_up_and_to_the_right():
    rows = screen("a long line of text", "two", "three")

    assert texts(rows, (2, 0)) == (["a long l", "two"], (0, 2))
    assert texts(rows, (9, 0)) == (["ng line ", ""], (0, 5))
    assert texts(rows, (19, 0))[0][0] == "of text"


def test_half_of_a_wide_character_is_a_blank():
    assert texts(screen("abc日本語日本"), (9, 0)) == ([" 本語日", ""], (0, 5))
    assert texts(screen("日本語日本"), columns=3)[0][0] == "日"


def test_what_was_refused_is_said_on_the_last_row():
    assert texts(screen("one", "two", "thr"), notice="no\x1b[m")[0][0] == "two"
    assert "\x1b" not in texts(screen("one"), notice="no\x1b[m", columns=20)[0][1]


@given(
    st.lists(st.text("ab日e\u0301\x1b\U0001f468\u200d", max_size=30), max_size=12),
    st.none() | st.tuples(st.integers(0, 40), st.integers(0, 12)),
    st.integers(0, 20),
    st.integers(0, 8),
)
def test_nothing_stands_outside_of_the_terminal(rows, cursor, columns, lines):
    frame = pane_frame(screen(*rows), cursor, Size(columns, lines), "")

    assert len(frame.lines) == lines
    assert all(line_cells(line) <= columns for line in frame.lines)
    if frame.cursor is not None:
        assert 0 <= frame.cursor[0] < lines
        assert 0 <= frame.cursor[1] < columns
