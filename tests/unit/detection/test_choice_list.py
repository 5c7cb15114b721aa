import pytest

from oma.detection.choice_list import ChoiceList, indent, is_answer, list_around, lowest_list
from tests.unit.detection.shapes_of import lines_of

# text, whether hints stand with it, first, last and chosen line
LISTS = {
    "numbered": ("❯ 1. Yes\n  2. No", False, (0, 1, 0)),
    "unnumbered": ("  ❯ Yes\n    No", False, (0, 1, 0)),
    "chosen in the middle": ("  Yes\n▶ Maybe\n  No", False, (0, 2, 1)),
    "with descriptions": ("❯ 1. One\n     why\n  2. Two\n     and why", False, (0, 2, 0)),
    "with a rule inside": ("❯ 1. One\n  2. Two\n──────────\n  3. Chat", False, (0, 3, 0)),
    "in a frame": ("│ ● 1. Once │\n│   2. No   │", False, (0, 1, 0)),
    "in brackets": ("→ [1] Parser\n  [2] Network", False, (0, 1, 0)),
    "filled circle": ("  ● Yes\n  ○ No", False, (0, 1, 0)),
    "beside each other": ("  ❯ Accept    Decline", False, (0, 0, 0)),
    "cut off in a frame": ("│ ● 1. Trust │", False, (0, 0, 0)),
    "cut off below a question": ("Go on?\n❯ 1. Yes", False, (1, 1, 1)),
    "by colours alone": ("│   1. Once\n│   2. Always\n│   3. Deny", True, (0, 2, 0)),
    "hints below the chosen one": ("Go on?\n ❯ 1. Yes\n   2. No\n   3. Never", True, (1, 3, 1)),
    "below prose": ("  I would\n\n\n> go\n│   1. Once\n│   2. Deny", True, (2, 3, 2)),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_known_by_its_columns_and_its_mark(name):
    text, has_hints, (first, last, chosen) = LISTS[name]
    lines = lines_of(text)

    found = lowest_list(lines, 0, len(lines.rows), has_hints=has_hints)

    assert found == ChoiceList(first, last, chosen)


@pytest.mark.parametrize(
    "text",
    [
        "1. One\n2. Two",
        "❯ 1. Yes",
        "● A message\n  that goes on",
        "> quoted\n> and more",
        "❯ typed\n\n\n  far below",
    ],
)
def test_other_lines_are_no_list(text):
    lines = lines_of(text)

    assert lowest_list(lines, 0, len(lines.rows), has_hints=False) is None


def test_a_line_with_a_mark_that_stands_alone_is_in_no_list():
    assert list_around(lines_of("  ❯ one\nother"), 0, 0, 2) is None


def test_an_answer_may_stand_alone_where_the_rest_was_cut_off():
    assert is_answer(lines_of("Go on?\n❯ 1. Yes"), 1)
    assert not is_answer(lines_of("Go on?\n\n❯ 1. Yes"), 1)
    assert not is_answer(lines_of("❯ Yes"), 0)


def test_an_indent_counts_the_frame():
    assert [indent(text) for text in ("a", "  a", "│ a", "")] == [0, 2, 2, 0]
