import attrs
import pytest

from oma.model.health import Health, Transition, Verdict, grounds

SAID = Transition(1.0, 1, "fix-login", None, Verdict(Health.OK, "active", "x", "", 1.0), id="%5")


def test_an_agent_that_is_a_pane_has_one_lane_under_all_its_names():
    assert (SAID.lane, attrs.evolve(SAID, agent="docs").lane) == ("%5", "%5")


def test_a_session_that_is_made_anew_for_an_agent_has_the_lane_of_the_one_before():
    assert attrs.evolve(SAID, id="$5").lane == attrs.evolve(SAID, id="$6").lane == "fix-login"
    assert attrs.evolve(SAID, id=None).lane == "fix-login"


@pytest.mark.parametrize(
    ("reason", "about", "until", "told"),
    [
        ("permission", "Do you want to proceed?", "", "permission: Do you want to proceed?"),
        ("process-ended", "its process ended", "", "its process ended"),
        ("process-ended", "exit status 3", "", "process-ended: exit status 3"),
        ("retry", "✻ API error · Retrying in 9s", "", "✻ API error · Retrying in 9s"),
        ("limit", "limit reached", "until 3pm", "limit until 3pm: limit reached"),
        ("error", "x" * 60 + " error", "", f"error: {'x' * 60} error"),
        ("error", "terror", "", "error: terror"),
        ("error-text", "Error: it broke", "", "Error: it broke"),
        ("silent", " ", "", "silent"),
    ],
)
def test_grounds_say_nothing_twice(reason, about, until, told):
    assert grounds(reason, about, until) == told
