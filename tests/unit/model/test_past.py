import attrs

from oma.model.health import Health, Transition, Verdict
from oma.model.ids import AgentId
from oma.model.past import of_past, past_change

TOLD = Transition(
    5.0,
    0,
    "bob",
    Health.OK,
    Verdict(Health.STUCK, "quota", "x/y", "limit", 2.5),
    AgentId("%1"),
    "a:0.0",
)


def test_a_change_is_told_with_its_age_and_understood_by_it():
    change = past_change(TOLD, 100.0)

    assert (change.ago_s, change.since_s) == (95.0, 97.5)
    assert of_past(change, 100.0) == TOLD
    assert of_past(change, 0.0).t == -95.0
    assert past_change(attrs.evolve(TOLD, source=None), 5.0).source is None


def test_what_cannot_be_told_or_understood_is_left_out():
    assert past_change(attrs.evolve(TOLD, id=None), 5.0) is None
    assert of_past(attrs.evolve(past_change(TOLD, 5.0), health="happy"), 5.0) is None
