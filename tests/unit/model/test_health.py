import attrs

from oma.model.health import Health, Transition, Verdict

SAID = Transition(1.0, 1, "fix-login", None, Verdict(Health.OK, "active", "x", "", 1.0), id="%5")


def test_an_agent_that_is_a_pane_has_one_lane_under_all_its_names():
    assert (SAID.lane, attrs.evolve(SAID, agent="docs").lane) == ("%5", "%5")


def test_a_session_that_is_made_anew_for_an_agent_has_the_lane_of_the_one_before():
    assert attrs.evolve(SAID, id="$5").lane == attrs.evolve(SAID, id="$6").lane == "fix-login"
    assert attrs.evolve(SAID, id=None).lane == "fix-login"
