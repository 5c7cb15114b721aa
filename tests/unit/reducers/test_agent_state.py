"""Snapshots of agents."""

from oma.detection.thresholds import Thresholds
from oma.model.ids import AgentId
from oma.reducers.agent import AgentFold
from oma.reducers.agent_state import state_of
from oma.reducers.rules import Rules
from tests.support.fleet_play import PANE, SESSION, empty, seen


def test_an_agent_of_which_no_pane_was_seen_is_no_agent_yet():
    agent = AgentFold(AgentId(SESSION), SESSION, "oma-agent-1", Rules((), Thresholds()), 0.0)

    assert state_of(agent) is None


def test_a_snapshot_says_where_the_agent_is_and_all_its_names():
    rules = empty().fleet.rules
    agent = AgentFold(AgentId(SESSION), SESSION, "oma-agent-1", rules, 0.0)
    agent.seen(0.0, seen(window_index=2, pane_index=1))
    state = state_of(agent)

    assert (state.id, state.pane, state.place) == (SESSION, PANE, "oma-agent-1:2.1")
    assert (state.names, state.is_session) == (("oma-agent-1",), True)
    assert state.verdict.reason == "unseen"
