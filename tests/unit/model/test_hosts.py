"""Agents under ids and names that tell machines apart."""

import attrs
from hypothesis import given
from hypothesis import strategies as st

from oma.model.health import Health, Transition
from oma.model.hosts import (
    Link,
    LinkState,
    changed_on_host,
    ended_unseen,
    host_of,
    not_there,
    on_host,
    told_on_host,
)
from oma.model.ids import AgentId
from tests.unit.model.published_agents import AGENT as PUBLISHED
from tests.unit.model.published_agents import VERDICT

AGENT = attrs.evolve(PUBLISHED, project="/srv/api", window=None)


def test_ids_names_places_and_projects_say_the_host():
    agent = on_host(AGENT, Link("box", LinkState.LIVE))

    assert (agent.id, agent.session, agent.pane) == ("%5@box", "$3@box", "%5@box")
    assert (agent.name, agent.place, agent.project) == (
        "box/login",
        "box/work:1.0",
        "box:/srv/api",
    )
    assert agent.names == ("box/login", "box/api")
    assert (agent.host, agent.lost, agent.is_session) == ("box", False, False)
    assert agent.verdict is VERDICT


def test_what_is_not_known_stays_unknown():
    bare = attrs.evolve(AGENT, pane=None, place="", names=(), project="")
    agent = on_host(bare, Link("box"))

    assert (agent.pane, agent.place, agent.names, agent.project) == (None, "", (), "")
    assert agent.lost  # nothing of the host is known yet


OTHERS = {
    "session": "$4", "name": "other", "pane": None, "title": "new", "id": "%6", "window": "@3", "place": "",
    "names": ("other",), "project": "", "active_s": 7.0,
}  # fmt: skip


def test_an_agent_that_is_otherwise_is_called_as_anew_and_all_else_stays_the_very_same():
    link = Link("box", LinkState.LIVE)
    shown = on_host(AGENT, link)

    for changes in ({}, OTHERS, *({name: value} for name, value in OTHERS.items())):
        again = changed_on_host(shown, changes)
        assert again == on_host(attrs.evolve(AGENT, **changes), link)
        assert "name" in changes or again.name is shown.name


@given(st.sampled_from(["$1", "%12", "$0"]), st.text("abc@.-:[]%", min_size=1))
def test_an_id_comes_back_with_its_host_whatever_that_is_called(own, host):
    agent = on_host(attrs.evolve(AGENT, id=AgentId(own)), Link(host, LinkState.LIVE))

    assert host_of(agent.id) == (own, host)


def test_a_transition_is_told_of_the_agent_of_its_host():
    told = Transition(4.0, 9, "login", None, VERDICT, AgentId("%5"), "work:1.0")

    far = told_on_host(told, "box")

    assert (far.agent, far.id, far.place) == ("box/login", "%5@box", "box/work:1.0")
    assert (far.t, far.seq, far.verdict) == (4.0, 9, VERDICT)
    assert told_on_host(attrs.evolve(told, id=None, place=""), "box").id is None


def test_an_agent_is_there_by_its_id_and_session_or_by_its_process():
    """Ids begin anew with another tmux server, and sessions are renamed."""
    agent = attrs.evolve(AGENT, session_name="work")
    renamed = attrs.evolve(agent, session_name="other")
    moved = attrs.evolve(agent, id=AgentId("$9"), session_name="own")
    another = attrs.evolve(agent, session_name="other", pid=8)
    restarted = attrs.evolve(agent, pid=8)

    for now in (agent, renamed, moved, restarted):
        assert not_there([agent], [now]) == []
    for nows in ([], [another], [attrs.evolve(another, pid=None)]):
        assert not_there([agent], nows) == [agent]
    assert not_there([attrs.evolve(agent, pid=None)], [attrs.evolve(another, pid=None)]) != []


def test_an_agent_that_ended_unseen_says_so():
    ended = ended_unseen(AGENT, 9.0)

    assert (ended.gone, ended.verdict.health, ended.verdict.since_s) == (True, Health.EXITED, 9.0)
    assert (ended.name, ended.dialog) == (AGENT.name, None)
