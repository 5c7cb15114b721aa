import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.detection.error_patterns import word_patterns
from oma.detection.error_text import ErrorTextTracker, new_from
from oma.model.health import Ending

WORDS = word_patterns(("error",))


def standing(settle_s=1.0):
    return ErrorTextTracker("generic", WORDS, settle_s)


def looked(*screens, settle_s=1.0):
    """Look at each `(t, lines)` after an empty screen at 0."""
    text = standing(settle_s)
    text.look(0.0, ("$",))
    for t, *lines in screens:
        text.look(float(t), tuple(lines))
    return text.claims()


def test_a_new_error_counts_after_it_stood_for_a_while():
    (claim,) = looked((5, "$", "Error: no", ""))

    assert (claim.since_s, claim.firm_s) == (5.0, 6.0)
    assert (claim.rule, claim.reason) == ("generic/error_patterns", "error-text")
    assert (claim.evidence, claim.line) == ("Error: no", 1)


def test_a_settle_time_of_zero_is_at_once():
    (claim,) = looked((5, "$", "Error: no"), settle_s=0.0)

    assert claim.firm_s == 5.0


def test_an_error_stands_while_only_spinner_and_clock_move():
    (claim,) = looked((5, "Error: no", "⠙ 3s"), (9, "Error: no", "⠹ 7s"))

    assert claim.since_s == 5.0


def test_what_comes_below_too_early_starts_the_clock_anew():
    (claim,) = looked((5, "$", "error"), (5.5, "$", "error", "more"))

    assert (claim.since_s, claim.evidence) == (5.5, "error")


def test_what_comes_below_later_shows_that_the_agent_went_on():
    assert looked((5, "$", "error"), (7, "$", "error", "more")) == ()


def test_an_error_that_is_past_does_not_come_back():
    screens = [(5, "$", "error"), (7, "$", "error", "a")]

    assert looked(*screens, (8, "$", "error", "a", "b")) == ()


def test_another_error_below_a_past_one_counts():
    screens = [(5, "$", "error"), (7, "$", "error", "a"), (8, "$", "error", "a", "error")]
    (claim,) = looked(*screens)

    assert (claim.since_s, claim.line) == (8.0, 3)


def test_another_error_below_one_that_stood_is_a_new_one():
    (claim,) = looked((5, "$", "error: a"), (7, "$", "error: a", "error: b"))

    assert (claim.since_s, claim.evidence) == (7.0, "error: b")


def test_a_line_that_is_being_written_counts_as_new():
    (claim,) = looked((5, "$", "err"), (6, "$", "error"))

    assert claim.since_s == 6.0


def test_an_error_that_scrolls_out_of_the_last_five_lines_is_gone():
    assert looked((5, "error", "a"), (5.1, "error", "a", "b", "c", "d", "e")) == ()


def test_an_error_counts_in_the_last_five_lines():
    assert looked((5, "$", "error", "a", "", "b", "c", "d")) != ()


def test_an_empty_screen_is_a_first_look_as_well():
    text = standing()
    text.look(0.0, ())
    text.look(5.0, ("error",))

    assert text.claims()[0].since_s == 5.0


def test_an_error_that_is_wiped_off_is_gone():
    assert looked((5, "$", "error"), (7, "$")) == ()


def test_an_error_under_a_scrolled_window_is_found():
    text = standing()
    text.look(0.0, ("a", "b", "c", "d", "e"))
    text.look(1.0, ("c", "d", "e", "f", "error"))

    assert text.claims()[0].since_s == 1.0


def test_what_the_first_look_shows_has_stood_as_long_as_it_is_told():
    text = standing()
    text.look(-30.0, ("error",))

    assert text.claims()[0].since_s == -30.0


def test_a_screen_without_words_claims_nothing():
    assert looked((5, "all good"), (6, "")) == ()


@pytest.mark.parametrize(
    ("old", "new", "start"),
    [
        ((), ("a",), 0),
        (("a", "b"), ("a", "b", "c"), 2),
        (("a", "b", "c"), ("b", "c", "d"), 2),
        (("a", "b"), ("x", "y"), 0),
        (("a", "b"), ("a", "b"), 2),
        (("a", "b", "c"), ("a", "x"), 1),
        (("e", "e"), ("e", "e", "e"), 2),
    ],
)
def test_new_lines_are_those_after_the_best_overlap(old, new, start):
    assert new_from(old, new) == start


@settings(max_examples=100)
@given(st.lists(st.sampled_from("abe"), max_size=5), st.lists(st.sampled_from("xyz"), max_size=3))
def test_appended_lines_are_new_and_the_others_are_not(old, appended):
    assert new_from(tuple(old), tuple(old + appended)) == len(old)


def test_a_clock_beside_a_past_error_does_not_bring_it_back():
    found = ErrorTextTracker("x", WORDS, 1.0)
    found.look(1.0, ("at 10:00:01", "error: x"))
    found.look(5.0, ("at 10:00:05", "error: x", "going on"))
    assert found.claims() == ()

    found.look(6.0, ("at 10:00:06", "error: x", "going on"))

    assert found.claims() == ()


def test_a_failure_that_says_when_it_ends_keeps_to_the_moment_that_it_said_first():
    (said,) = looked((5, "$", "Error: rate limit", "try again in 5m"))
    (still,) = looked(
        (5, "$", "Error: rate limit", "try again in 5m"),
        (9, "$", "Error: rate limit", "try again in 5m", ""),
    )
    (anew,) = looked(
        (5, "$", "Error: rate limit", "try again in 5m"),
        (9, "$", "Error: rate limit", "try again in 7m"),
    )

    assert said.ending == still.ending == Ending("in 5m", 305.0)
    assert (anew.since_s, anew.ending) == (5.0, Ending("in 7m", 429.0))
