import pytest

from oma.detection.scope import (
    TITLE_ROW,
    MarkedRow,
    MarkedScreen,
    Region,
    Scope,
    parse_scope,
    text_height,
)

# Five rows; the last two are blank, and a pattern finds something even in one of these.
SCREEN = MarkedScreen(
    rows=(MarkedRow(0, 1), MarkedRow(2, 2), MarkedRow(4, 4)), height=3, title=8, cursor_row=2
)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("bottom:1", [2]),
        ("bottom:2", [2]),
        ("bottom:3", [0, 2]),
        ("bottom:99", [0, 2]),
        ("cursor_line", [2]),
        ("title", [TITLE_ROW]),
        ("screen", [0, 2, 4]),
    ],
)
def test_a_scope_names_its_rows_from_top_to_bottom(text, rows):
    assert [found.row for found in parse_scope(text).rows(SCREEN)] == rows


def test_a_title_has_its_own_marks():
    assert Scope(Region.TITLE).rows(SCREEN) == (MarkedRow(TITLE_ROW, 8),)


@pytest.mark.parametrize(
    "text", ["", "bottom", "bottom:0", "bottom:-1", "bottom:x", "top:3", "Title"]
)
def test_other_words_name_no_scope(text):
    assert parse_scope(text) is None


def test_where_nothing_is_found_no_scope_has_a_row():
    nothing = MarkedScreen((), height=0, title=0, cursor_row=7)

    assert [
        parse_scope(t).rows(nothing) for t in ("bottom:3", "screen", "cursor_line", "title")
    ] == [()] * 4


def test_height_ends_at_the_last_text():
    assert text_height(("a", "", "b", " ", "")) == 3
    assert text_height(("", "")) == 0
