"""The conversation of an agent is the one in which all was asked that its screen shows; by guess it is none."""

import pytest

from oma.detection.asked_prompts import AskedPrompt, PromptSigns, asked_conversation

KEPT = (
    AskedPrompt("one", "fix the login"),
    AskedPrompt("two", "fix the login"),
    AskedPrompt("two", "now  the tests\nof both"),
    AskedPrompt("three", "a prompt that is so long that it takes several rows"),
    AskedPrompt("four", "go on"),
    AskedPrompt("five", "go"),
)
COMPOSER = "› Ask me"
SIGNS = PromptSigns("› ")
ANSWERED = PromptSigns(" > ", answer="✦ ")


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
    assert asked_conversation([*screen, COMPOSER], KEPT, SIGNS) == found


def test_a_draft_is_no_prompt():
    assert asked_conversation(["› fix the login", "› go"], KEPT, SIGNS) == ""
    assert asked_conversation(["› go"], KEPT, SIGNS) == ""


@pytest.mark.parametrize(
    ("screen", "found"),
    [
        ([" > go on", "✦ Done."], "four"),
        ([" > go on", " ⠙ Thinking..."], ""),
        ([" > go on", "✦ I will", "✦ Done.", " > go", " ⠙ Thinking..."], "four"),
        ([" > go on", " > now the tests", "✦ Done."], "two"),
        ([" > now the tests", "✦ Done.", " > fix the login", "✦ Done."], "two"),
        (["✦ Done.", "  > go on", "  ✦ Done."], ""),
    ],
)
def test_where_a_prompt_is_kept_late_it_counts_once_it_is_answered(screen, found):
    assert asked_conversation([*screen, " >   Type"], KEPT, ANSWERED) == found
    assert asked_conversation(screen, KEPT, ANSWERED) == found


def test_what_was_asked_before_the_agent_began_counts_against_others_and_tells_nothing():
    earlier = AskedPrompt("six", "go on", is_earlier=True)
    screen = ["› go on", COMPOSER]
    assert asked_conversation(screen, [earlier], SIGNS) == ""
    assert asked_conversation(screen, [earlier, *KEPT], SIGNS) == ""
    later = AskedPrompt("six", "and the docs")
    assert asked_conversation(["› and the docs", *screen], [earlier, later, *KEPT], SIGNS) == "six"
