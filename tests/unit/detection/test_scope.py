import pytest

from oma.detection.evidence import Evidence
from oma.detection.scope import Region, Scope, parse_scope, text_height

SCREEN = Evidence(("top", "", "middle", "last", "", ""), 2, 0, "the title", "x")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("bottom:1", ((3, "last"),)),
        ("bottom:3", ((1, ""), (2, "middle"), (3, "last"))),
        ("bottom:99", ((0, "top"), (1, ""), (2, "middle"), (3, "last"))),
        ("cursor_line", ((2, "middle"),)),
        ("title", ((None, "the title"),)),
        ("screen", tuple(enumerate(SCREEN.lines))),
    ],
)
def test_a_scope_names_its_lines_from_top_to_bottom(text, lines):
    assert parse_scope(text).lines(SCREEN) == lines


@pytest.mark.parametrize(
    "text", ["", "bottom", "bottom:0", "bottom:-1", "bottom:x", "top:3", "Title"]
)
def test_other_words_name_no_scope(text):
    assert parse_scope(text) is None


def test_a_cursor_below_the_known_lines_is_on_no_line():
    evidence = Evidence((), 7, 0, "", "")

    assert Scope(Region.CURSOR_LINE).lines(evidence) == ()
    assert Scope(Region.BOTTOM, 3).lines(evidence) == ()


def test_height_ends_at_the_last_text():
    assert text_height(("a", "", "b", " ", "")) == 3
    assert text_height(("", "")) == 0
