import pytest

from oma.detection.line_shapes import RULE
from oma.detection.scope import TITLE_ROW, MarkedScreen, Region, Scope, parse_scope
from oma.detection.structure import Place

# A message, an edge, a composer with a draft of two lines, an edge, a status line.
SCREEN = MarkedScreen(
    rows=[0, 2, 3, 4, 5, 6],
    last_rows=[1, 2, 3, 4, 5, 6],
    marks=[64, RULE, 128, 256, RULE, 8],
    places=[
        Place.CONVERSATION,
        Place.CONVERSATION,
        Place.COMPOSER,
        Place.DRAFT,
        Place.CONVERSATION,
        Place.STATUS,
    ],
    title=16,
    cursor_row=4,
    composer=2,
    composer_marks=128 | 32,
)
EVERY = 1023 - RULE


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("bottom:1", [(6, 8)]),
        ("bottom:2", [(6, 8)]),
        ("bottom:3", [(3, 128), (6, 8)]),
        ("bottom:99", [(0, 64), (3, 128), (6, 8)]),
        ("cursor_line", [(4, 256)]),
        ("title", [(TITLE_ROW, 16)]),
        ("screen", [(0, 64), (3, 128), (6, 8)]),
        ("conversation", [(0, 64)]),
        ("composer", [(3, 160), (6, 8)]),
        ("dialog", []),
        ("panel", []),
    ],
)
def test_a_scope_names_its_lines_from_top_to_bottom(text, lines):
    assert parse_scope(text).lines(SCREEN, EVERY) == lines


def test_only_lines_with_a_mark_that_is_wanted_are_told():
    assert Scope(Region.SCREEN).lines(SCREEN, 8) == [(6, 8)]
    assert Scope(Region.COMPOSER).lines(SCREEN, 32) == [(3, 160)]
    assert Scope(Region.TITLE).lines(SCREEN, 8) == []


def test_a_composer_is_told_by_the_row_of_its_sign_and_a_dialog_by_its_best():
    asks = MarkedScreen(
        [0, 1], [0, 1], [0, 0], [Place.DIALOG] * 2, title=0, cursor_row=0, evidence=1
    )

    assert Scope(Region.COMPOSER).best_row(SCREEN) == 3
    assert Scope(Region.DIALOG).best_row(SCREEN) is None
    assert Scope(Region.DIALOG).best_row(asks) == 1
    assert Scope(Region.PANEL).best_row(asks) is None


@pytest.mark.parametrize(
    "text", ["", "bottom", "bottom:0", "bottom:-1", "bottom:x", "top:3", "Title", "draft"]
)
def test_other_words_name_no_scope(text):
    assert parse_scope(text) is None
