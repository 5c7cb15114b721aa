import math

import pytest

from oma.detection.announcements import NOTHING, STALE_S, progress_claims
from oma.model.health import Health
from oma.model.signals import Bell, Notified, ProgressShown, PromptMarked, TitleSet


@pytest.mark.parametrize(
    ("state", "percent", "health", "firm_s", "said"),
    [
        (1, 40, Health.OK, 5.0, "shows progress of 40 % (OSC 9;4)"),
        (3, None, Health.OK, 5.0, "shows progress (OSC 9;4)"),
        (2, None, Health.STUCK, 5.5, "shows a failed progress (OSC 9;4;2)"),
    ],
)
def test_progress_is_work_and_a_failed_one_an_error(state, percent, health, firm_s, said):
    announced = NOTHING.after(5.0, ProgressShown(state, percent))

    (claim,) = progress_claims("x", announced, None)

    assert (claim.health, claim.rule, claim.evidence) == (health, "x/progress", said)
    assert (claim.since_s, claim.firm_s, claim.end_s) == (5.0, firm_s, math.inf)


@pytest.mark.parametrize("signal", [ProgressShown(0, None), ProgressShown(4, 50)])
def test_progress_that_was_taken_back_or_pauses_says_nothing(signal):
    announced = NOTHING.after(5.0, ProgressShown(1, 10)).after(6.0, signal)

    assert progress_claims("x", announced, None) == ()


def test_the_same_progress_again_is_not_new():
    announced = NOTHING.after(5.0, ProgressShown(1, 10))

    assert announced.after(6.0, ProgressShown(1, 10)) is announced
    assert announced.after(6.0, ProgressShown(1, 11)).progress_s == 6.0


@pytest.mark.parametrize(("idle_screen_s", "end_s"), [(3.0, 5.0 + STALE_S), (8.0, 8.0 + STALE_S)])
def test_an_idle_screen_outweighs_progress_after_a_second(idle_screen_s, end_s):
    announced = NOTHING.after(5.0, ProgressShown(3, None))

    (claim,) = progress_claims("x", announced, idle_screen_s)

    assert claim.end_s == end_s


def test_the_bell_that_comes_with_a_notification_does_not_replace_it():
    announced = NOTHING.after(5.0, Notified("done")).after(5.0, Bell())

    assert (announced.call, announced.call_s) == ("done", 5.0)
    assert announced.after(7.0, Bell()).call == ""


@pytest.mark.parametrize(("mark", "at_prompt"), [("A", True), ("B", True), ("C", False)])
def test_a_prompt_stands_until_a_command_starts(mark, at_prompt):
    assert NOTHING.after(1.0, PromptMarked(mark, None)).at_prompt is at_prompt


def test_a_title_is_no_announcement():
    assert NOTHING.after(1.0, TitleSet("x")) is NOTHING


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Claude needs your permission to use Bash", True),
        ("Approval requested: npm test", True),
        ("Waiting for you", True),
        ("Which branch do you mean?", True),
        ("Please log in", True),
        ("Agent turn complete", False),
        ("Build finished in 12 s", False),
        ("", False),
    ],
)
def test_a_notification_asks_or_tells(text, asks):
    assert NOTHING.after(1.0, Notified(text)).asks is asks
