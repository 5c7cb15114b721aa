import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.screen.drafts import LINES, read_draft
from oma.screen.styled import PLAIN, StyledText, TextStyle

RULE = "─" * 20
DIM, GREY = TextStyle(dim=True), TextStyle(foreground=244)


def rows(*lines):
    """Rows of a screen: a text, or pairs of text and look."""
    return [
        (StyledText(line, PLAIN),)
        if isinstance(line, str)
        else tuple(StyledText(*pair) for pair in line)
        for line in lines
    ]


@pytest.mark.parametrize(
    ("lines", "draft"),
    [
        (["● hello", RULE, "❯ go on", RULE, "  ? for shortcuts"], "go on"),
        ([RULE, "❯ one", "  two", RULE], "one\ntwo"),
        (["╭──────╮", "│ > go │", "╰──────╯"], "go"),
        ([RULE, "❯", RULE], ""),
        ([RULE, "❯ ", RULE], ""),
        ([RULE, [("❯ ", PLAIN), ('Try "fix it"', DIM)], RULE], ""),
        ([RULE, [(" > ", PLAIN), ("Type your message", GREY)], RULE], ""),
        ([RULE, [("❯ ", GREY), ("go", PLAIN)], RULE], "go"),
        (["❯ said before", "● done"], ""),
        ([RULE, " Bash command", " ❯ 1. Yes", RULE], ""),
        ([RULE, "❯ draft", RULE, "a table", RULE, "of two rules"], "draft"),
        ([RULE, "❯ never ends"], ""),
        ([RULE, "❯ " + "x", *["x"] * LINES, RULE], ""),
        ([], ""),
    ],
)
def test_only_typed_text_behind_a_prompt_sign_between_two_rules_is_a_draft(lines, draft):
    assert read_draft(rows(*lines)) == draft


@given(st.lists(st.lists(st.builds(StyledText, st.text("─❯ >│╭ab", max_size=5), st.just(PLAIN)))))
def test_any_screen_can_be_read(screen):
    assert read_draft(screen) == read_draft(screen).strip()
