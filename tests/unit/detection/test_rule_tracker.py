import math

import pytest

from oma.detection.evidence import Evidence
from oma.detection.hold_times import SETTLED_S
from oma.detection.profile import RuleState
from oma.detection.profile_parser import profile_from_mapping
from oma.detection.rule_tracker import FRESH_S, RELEASE_S, TORN_S, RuleTracker
from oma.model.health import Ending, Health

WORKING = {"name": "footer", "state": "working", "scope": "bottom:2", "any": "busy"}
IDLE = {"name": "prompt", "state": "idle", "scope": "bottom:3", "any": "^>", "unless": "busy"}
RETRY = {
    "name": "retry",
    "state": "stuck",
    "scope": "bottom:9",
    "any": "retrying",
    "linger_ms": 5000,
}
ERROR = {
    "name": "error",
    "state": "stuck",
    "scope": "bottom:9",
    "above": "^>",
    "below": "^>",
    "any": "^ERR",
}

ASK = {"name": "ask", "state": "waiting", "scope": "screen", "any": "^Sure", "reason": "ask"}
FAILURE = {"name": "error", "state": "stuck", "scope": "screen", "any": "^ERR"}


def holding(*rules, **keys):
    return RuleTracker(profile_from_mapping("x", {"rule": list(rules), **keys}, "x.toml"), 0.0)


def look(held, t, *lines, title="", cursor_row=0, is_whole=False):
    held.look(t, Evidence(lines, cursor_row, 0, title, "x", is_whole=is_whole))
    return {claim.rule: claim for claim in held.claims()}


def test_a_rule_claims_what_it_says_from_its_hold_time_on():
    claim = look(holding(IDLE), 1.0, "text", ">  go   on")["x/prompt"]

    assert (claim.health, claim.reason) == (Health.IDLE, "finished")
    assert (claim.since_s, claim.firm_s, claim.end_s) == (1.0, 1.7, math.inf)
    assert (claim.evidence, claim.line) == ("> go on", 1)


def test_a_question_counts_as_soon_as_the_screen_stands_still():
    held = holding(ASK)

    assert look(held, 1.0, "Sure?")["x/ask"].firm_s == 1.0 + SETTLED_S
    for step in range(1, 19):
        t = round(1.0 + step / 200, 6)
        assert look(held, t, "Sure?", f"{step}")["x/ask"].firm_s == round(t + SETTLED_S, 6)
    assert look(held, 1.095, "Sure?", "19")["x/ask"].firm_s == 1.1


def test_a_question_that_counts_goes_on_to_count_though_the_screen_changes():
    held = holding(ASK)
    look(held, 1.0, "Sure?")

    assert look(held, 1.5, "Sure?", "1. Yes")["x/ask"].firm_s == 1.0 + SETTLED_S


def test_a_question_counts_at_once_where_its_frame_is_whole():
    held = holding(ASK)

    assert look(held, 1.0, "Sure", is_whole=True)["x/ask"].firm_s == 1.0


def test_a_question_that_flickers_has_to_hold():
    held = holding(ASK)
    look(held, 1.0, "Sure?")
    look(held, 1.05, "text")

    assert look(held, 1.06, "Sure?")["x/ask"].firm_s == 1.16


def test_a_rule_goes_on_while_it_matches_whatever_else_the_line_says():
    held = holding(WORKING)
    look(held, 1.0, "busy 1")

    claim = look(held, 2.0, "busy 2")["x/footer"]

    assert (claim.since_s, claim.evidence) == (1.0, "busy 2")


def test_a_rule_that_ceased_to_match_counts_for_a_moment_longer():
    held = holding(WORKING)
    look(held, 1.0, "busy")

    claim = look(held, 2.0, "torn")["x/footer"]

    assert claim.end_s == 2.0 + RELEASE_S
    assert look(held, 2.05, "busy")["x/footer"].since_s == 1.0
    look(held, 3.0, "gone")
    assert look(held, 4.0, "busy")["x/footer"].since_s == 4.0


def test_a_question_is_gone_at_once_where_a_composer_stands_in_its_place():
    rule = "─" * 20
    question = ("Go on?", "❯ 1. Yes", "  2. No", "Enter to select · Esc to cancel")
    held = holding()
    assert "x/dialog-shape" in look(held, 1.0, *question)

    torn = look(held, 2.0, "Go on?")["x/dialog-shape"]
    assert torn.end_s == 2.0 + TORN_S

    look(held, 3.0, *question)
    answered = look(held, 4.0, rule, "❯ ", rule)["x/dialog-shape"]
    assert answered.end_s == 4.0


def test_a_question_that_is_drawn_anew_stands_until_something_takes_its_place():
    held = holding(ASK, WORKING, IDLE)
    look(held, 1.0, "Sure?")

    assert look(held, 2.0, "torn")["x/ask"].end_s == 2.0 + TORN_S
    assert look(held, 2.2, "Sure?")["x/ask"].since_s == 1.0
    assert look(held, 3.0, "torn")["x/ask"].end_s == 3.0 + TORN_S
    assert look(held, 3.05, "busy")["x/ask"].end_s == 3.0 + RELEASE_S


def test_a_sign_of_work_that_stands_beside_a_question_answers_none():
    held = holding(ASK, WORKING)
    look(held, 1.0, "Sure?", "busy 1s")

    assert look(held, 2.0, "busy 2s")["x/ask"].end_s == 2.0 + TORN_S


def test_a_rule_that_did_not_hold_long_enough_is_forgotten_at_once():
    held = holding(IDLE)
    look(held, 1.0, ">")

    assert look(held, 1.2, "busy") == {}


def test_unless_and_also_look_at_the_whole_scope():
    rule = IDLE | {"also": "^footer"}

    assert look(holding(rule), 1.0, "footer", ">") != {}
    assert look(holding(rule), 1.0, ">") == {}
    assert look(holding(rule), 1.0, "footer", ">", "busy") == {}


def test_above_and_below_keep_to_the_last_turn():
    assert "x/error" in look(holding(ERROR), 1.0, "> do", "ERR 1", ">")
    assert look(holding(ERROR), 1.0, "> do", "ERR 1", "> again", "fine", ">") == {}
    assert look(holding(ERROR), 1.0, "> do", "fine", ">", "ERR below") == {}
    assert "x/error" in look(holding(ERROR), 1.0, "ERR at the start")


def test_the_title_is_a_scope_of_its_own():
    rule = {"name": "t", "state": "waiting", "scope": "title", "any": "^!"}

    claim = look(holding(rule), 1.0, "!", title="! asks")
    assert claim["x/t"].line is None
    assert look(holding(rule), 1.0, "!", title="quiet") == {}


def test_between_two_tries_a_retry_lingers():
    held = holding(RETRY)
    look(held, 1.0, "text", "retrying in 1s")
    look(held, 2.0, "text", "retrying in 0s")

    assert look(held, 3.0, "text")["x/retry"].end_s == 8.0
    assert look(held, 4.0, "text", "retrying in 3s")["x/retry"].since_s == 1.0


def test_a_footer_that_always_stands_there_is_no_rest_while_a_try_is_made():
    footer = {**IDLE, "unless": []}
    held = holding(RETRY, WORKING, footer)
    look(held, 1.0, "text", ">", "retrying in 1s")

    assert look(held, 3.0, "text", ">", "busy")["x/retry"].end_s == 8.0


def test_a_retry_that_succeeds_is_over_at_once():
    held = holding(RETRY)
    look(held, 1.0, "text", "retrying in 1s")

    assert look(held, 3.0, "text", "the answer")["x/retry"].end_s == 3.0 + RELEASE_S


def test_an_answer_some_time_after_the_last_try_ends_a_retry():
    held = holding(RETRY)
    look(held, 1.0, "text", "retrying in 1s")
    look(held, 3.0, "text")

    assert look(held, 4.0, "text", "the answer")["x/retry"].end_s == 4.0


def test_a_prompt_ends_a_retry():
    held = holding(RETRY, IDLE)
    look(held, 0.5, "text", ">")
    look(held, 1.0, "text", "retrying in 1s")

    assert look(held, 3.0, "text", ">")["x/retry"].end_s == 3.0 + RELEASE_S


def test_an_error_that_comes_to_light_again_is_an_old_one():
    held = holding(ERROR)
    look(held, 1.0, "> do", "ERR", ">")
    look(held, 2.0, "> do", "ERR", "> again")
    look(held, 3.0, "> do", "ERR", "> again", "thinking", ">")

    assert look(held, 4.0, "> do", "ERR", "> again") == {}
    assert look(held, 5.0, "> do", "ERR", "> again, more") == {}
    assert "x/error" in look(held, 6.0, "> do", "ERR other", "> again")


def test_an_old_error_is_told_as_ignored():
    held = holding(ERROR)
    look(held, 1.0, "> do", "ERR", ">")
    look(held, 2.0, "> do", "ERR", "> again")
    look(held, 3.0, "> do", "ERR", "> again", "thinking", ">")
    assert held.ignored() == ()

    look(held, 4.0, "> do", "ERR", "> again")

    assert [(claim.rule, claim.evidence) for claim in held.ignored()] == [("x/error", "ERR")]


def test_an_error_may_show_a_moment_after_its_content():
    rule = ERROR | {"unless": "busy"}
    late, in_time = holding(rule, WORKING), holding(rule, WORKING)
    for held in (late, in_time):
        look(held, 1.0, "> do", ">", "busy")
        look(held, 2.0, "> do", "ERR", ">", "busy")

    assert "x/error" in look(in_time, 2.0 + FRESH_S, "> do", "ERR", ">")
    assert "x/error" not in look(late, 2.1 + FRESH_S, "> do", "ERR", ">")


def test_the_same_error_in_the_next_turn_is_a_new_one():
    held = holding(ERROR)
    look(held, 1.0, "> do", "ERR", ">")
    look(held, 2.0, "> do", "ERR", "> do", ">")

    assert look(held, 3.0, "> do", "ERR", "> do", "ERR", ">")["x/error"].since_s == 3.0


def test_a_retry_that_is_seen_again_on_an_old_screen_counts():
    held = holding(RETRY)
    look(held, 1.0, "text", "retrying in 1s")
    look(held, 2.0, "text", "the answer")
    look(held, 3.0, "text")

    assert look(held, 4.0, "text", "retrying in 1s")["x/retry"].since_s == 4.0


def test_a_cursor_that_moves_is_seen():
    held = holding({"name": "c", "state": "idle", "scope": "cursor_line", "any": "^>"})
    look(held, 1.0, ">", "text", cursor_row=1)

    assert "x/c" in look(held, 2.0, ">", "text", cursor_row=0)


def test_news_are_noted_without_chatter_and_blank_lines():
    held = holding(WORKING, chatter="^Tip")
    look(held, 1.0, "text", "Tip: one")
    look(held, 2.0, "text", "", "Tip: two")
    look(held, 2.5, "text", "", " ", "Tip: two", "")
    assert held.new_s == 1.0

    look(held, 3.0, "text", "more")
    assert held.new_s == 3.0


def test_only_the_bottom_of_the_screen_tells_news():
    held = holding(WORKING)
    look(held, 1.0, "old", *["x"] * 30)
    look(held, 2.0, "new", *["x"] * 30)

    assert held.new_s == 1.0


def test_it_is_told_since_when_a_state_is_shown():
    held = holding(IDLE, IDLE | {"name": "other", "any": "^%"})
    look(held, 1.0, ">")
    look(held, 2.0, ">", "%")

    assert held.shown_since_s() == {RuleState.IDLE: 1.0}
    look(held, 3.0, "gone")
    assert held.shown_since_s() == {}


def test_last_words_are_told_and_claim_nothing():
    held = holding({"name": "bye", "state": "exited", "scope": "bottom:3", "any": "^Resume"})

    assert look(held, 1.0, "Resume with: x") == {}
    assert held.last_words() == "Resume with: x"
    look(held, 2.0, "")
    assert held.last_words() is None


def test_a_failure_says_when_it_ends_in_its_line_or_in_those_below():
    held = holding(FAILURE)
    claim = look(held, 1.0, "> do", "ERR limit reached", "  try again in 12 minutes")["x/error"]
    assert claim.ending == Ending("in 12 minutes", 721.0)

    held = holding(RETRY)
    first = look(held, 1.0, "retrying in 9s")["x/retry"]
    later = look(held, 2.0, "retrying in 8s")["x/retry"]
    again = look(held, 10.0, "retrying in 20s")["x/retry"]
    assert (first.ending, later.ending) == (Ending("in 9s", 10.0), Ending("in 9s", 10.0))
    assert again.ending == Ending("in 20s", 30.0)


def test_what_is_no_failure_ends_at_no_time():
    claim = look(holding(WORKING), 1.0, "busy, resets 3:45pm")["x/footer"]

    assert claim.ending is None


LIMIT = (
    "What do you want to do?",
    "❯ 1. Stop and wait for limit to reset",
    "  2. Upgrade your plan",
)
HINTS = "Enter to confirm · Esc to cancel"


@pytest.mark.parametrize(
    "lines",
    [
        ("You've hit your limit · resets 3:45pm", *LIMIT, HINTS),
        ("● You've hit your session limit · resets 3:45pm", "─" * 20, *LIMIT, HINTS),
        (
            "Usage limit reached.",
            "Available again at 3:45pm.",
            "● 1. Keep trying",
            "  2. Stop",
            HINTS,
        ),
    ],
)
def test_a_question_about_a_limit_says_when_that_ends(lines):
    claim = look(holding(), 1.0, *lines)["x/dialog-shape"]

    assert claim.ending == Ending("3:45pm")


@pytest.mark.parametrize(
    "lines",
    [
        ("● It resets 3:45pm", "─" * 20, "Proceed?", "❯ 1. Yes", "  2. No", HINTS),
        ("● hit your limit, resets 3:45pm", "> go on", "Proceed?", "❯ 1. Yes", "  2. No", HINTS),
    ],
)
def test_a_question_about_anything_else_ends_at_no_time(lines):
    assert look(holding(), 1.0, *lines)["x/dialog-shape"].ending is None


def test_a_permission_ends_at_no_time_whatever_is_to_be_permitted():
    asks = {"name": "permission", "state": "waiting", "scope": "dialog", "any": "^Proceed"}
    lines = ("echo rate limit, try again in 5m", "Proceed?", "❯ 1. Yes", "  2. No", HINTS)

    assert look(holding(asks), 1.0, *lines)["x/permission"].ending is None


def test_an_end_that_stands_still_stays_the_moment_that_it_was():
    held = holding(FAILURE)
    look(held, 1.0, "> do", "ERR limit: try again in 5m")

    claim = look(held, 60.0, "> do", "ERR limit: try again in 5m", cursor_row=1)["x/error"]

    assert claim.ending == Ending("in 5m", 301.0)
