"""Who needs a person first."""

from hypothesis import given
from hypothesis import strategies as st

from oma.model.health import Health
from oma.reducers.attention import ORDER, by_attention
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
