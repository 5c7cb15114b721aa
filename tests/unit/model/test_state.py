from oma.model.ids import AgentId
from oma.model.state import FleetState
from tests.unit.tui.fleets import agent


def state(*agents, tmux="3.3a"):
    return FleetState(seq=1, t=0.0, tmux=tmux, agents=agents)


def test_a_fleet_without_agents_may_have_a_server():
    assert state().has_server
    assert not state(tmux=None).has_server


def test_an_agent_is_found_by_its_id():
    one, two = agent(1), agent(2, id=AgentId("%2"))
    assert state(one, two).agent(AgentId("%2")) is two
    assert state(one, two).agent(AgentId("$1")) is one
    assert state(one, two).agent(AgentId("$2")) is None
    assert state(one).agent(None) is None


def test_an_agent_is_found_by_its_whole_name():
    one, two = agent(1, "a"), agent(2, "ab")
    assert state(one, two).named(one.name) is one
    assert state(two).named(one.name) is None


def test_of_two_agents_of_one_name_the_one_that_lives_is_found():
    ended, living, last = agent(1, "a", gone=True), agent(2, "a"), agent(3, "a", gone=True)
    assert state(ended, living, last).named(living.name) is living
    assert state(ended, last).named(living.name) is last


def test_the_name_that_a_user_gave_lasts():
    pane = AgentId("%2")

    assert agent(1, "a").lasting_name == agent(1, "a").name
    assert agent(2, "fix", id=pane, names=("fix",)).lasting_name == ""
    assert agent(2, "b", id=pane, names=("b", "s:1.1"), label="b").lasting_name == "b"
    assert agent(2, "s:1.1", id=pane, names=("s:1.1",), label="b").lasting_name == ""
