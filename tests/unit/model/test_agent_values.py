"""Agents of which some fields are otherwise."""

import attrs

from oma.model.agent_values import altered, differences
from oma.model.ids import AgentId
from tests.unit.model.published_agents import AGENT, VERDICT


def test_an_agent_is_altered_as_attrs_would():
    changes = {"title": "new", "id": AgentId("%7"), "lost": True, "dialog": None}
    assert altered(AGENT, changes) == attrs.evolve(AGENT, **changes)
    assert altered(AGENT, {}) == AGENT


def test_fields_are_otherwise_whose_values_are_other_objects():
    same_words = attrs.evolve(VERDICT)
    now = attrs.evolve(AGENT, title="new", verdict=same_words, pane=None)

    assert differences(AGENT, now) == {"title": "new", "verdict": same_words, "pane": None}
    assert altered(AGENT, differences(AGENT, now)) == now
    assert differences(AGENT, AGENT) == {}
