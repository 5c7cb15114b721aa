"""Who needs a user first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.model.attention import ORDER, by_attention, is_worth_telling
from oma.model.health import ATTENTION, Health, Verdict
from tests.unit.tui.fleets import agent


def test_every_health_has_a_place():
    assert sorted(ORDER) == sorted(Health)
    assert ORDER[0] is Health.WAITING
    assert ORDER[-1] is Health.OK


@given(st.lists(st.sampled_from(list(Health)), max_size=12))
def test_agents_are_in_the_order_of_need_and_equals_keep_theirs(healths):
    agents = [agent(number, health=health) for number, health in enumerate(healths)]
    ordered = by_attention(agents)

    keys = [(ORDER.index(a.verdict.health), agents.index(a)) for a in ordered]
    assert keys == sorted(keys)
    assert len(ordered) == len(agents)


@pytest.mark.parametrize("health", list(Health))
def test_a_change_of_reason_alone_is_told_where_it_matters(health):
    before, after = (Verdict(health, reason, "rule", "text", 0.0) for reason in ("a", "b"))

    assert is_worth_telling(before, after) == (health not in {Health.OK, Health.IDLE})
    assert not is_worth_telling(before, before)


def test_a_first_verdict_and_another_health_are_told():
    ok, idle = (Verdict(h, "same", "rule", "text", 0.0) for h in (Health.OK, Health.IDLE))

    assert is_worth_telling(None, ok)
    assert is_worth_telling(ok, idle)


def test_that_somebody_should_look_is_told_once():
    before, after = (
        Verdict(Health.IDLE, reason, "rule", "text", 0.0) for reason in ("a", ATTENTION)
    )

    assert is_worth_telling(before, after)
    assert not is_worth_telling(after, after)
    assert not is_worth_telling(after, before)


def test_agents_of_which_nothing_is_known_now_come_last():
    lost = agent(1, health=Health.WAITING, lost=True)
    fine = agent(2, health=Health.OK)

    assert by_attention([lost, fine]) == (fine, lost)
