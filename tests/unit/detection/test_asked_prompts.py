"""The conversation of an agent is the one in which all was asked that its screen shows; by guess it is none."""

import pytest

from oma.detection.asked_prompts import AskedPrompt, asked_conversation

KEPT = (
    AskedPrompt("one", "fix the login"),
    AskedPrompt("two", "fix the login"),
    AskedPrompt("two", "now  the tests\nof both"),
    AskedPrompt("three", "a prompt that is so long that it takes several rows"),
    AskedPrompt("four", "go on"),
    AskedPrompt("five", "go"),
)
COMPOSER = "› Ask me"


@pytest.mark.parametrize(
    ("screen", "found"),
    [
        (["› now the tests", "• Done."], "two"),
        (["› fix the login", "• Done."], ""),
        (["› fix the login", "• Done.", "› now the tests"], "two"),
        (["› now the tests", "• Done.", "› fix the login"], "two"),
        (["› now the tests", "› go on", "› fix the login"], "two"),
        (["› a prompt that is so long", "  that it takes several rows"], "three"),
        (["› go", "• Done."], "five"),
        (["› go o"], ""),
        (["› of another day", "› go on"], "four"),
        (["• now the tests", "  › now the tests"], ""),
        (["› "], ""),
        ([], ""),
    ],
)
def test_it_is_told_where_only_one_was_asked_all_that_is_shown(screen, found):
    assert asked_conversation([*screen, COMPOSER], KEPT, "› ") == found


def test_a_draft_is_no_prompt():
    assert asked_conversation(["› fix the login", "› go"], KEPT, "› ") == ""
    assert asked_conversation(["› go"], KEPT, "› ") == ""
