"""All machines that publish on one engine."""

import attrs
import pytest

from oma.model.health import Health
from oma.model.hosts import LinkState
from oma.model.publication import HostDescription, PublishedPiece, Told
from oma.store.opened_logs import ASKED_S
from oma.store.published_hosts import LOST_S, MOST_HOSTS, PublishedHosts
from tests.unit.model.published_agents import AGENT, TOLD

ABOUT = HostDescription(1000, 3, 2, 50.0, "ours", "3.3a", "0.2.0")


class Clock:
    t = 100.0

    def __call__(self):
        return self.t


@attrs.define
class Seen:
    hosts: PublishedHosts
    news: list

    @property
    def told(self):
        return [each for news in self.news for each in news.transitions]

    @property
    def links(self):
        return [(n.link.host, str(n.link.state), n.link.words) for n in self.news if n.link]

    @property
    def names(self):
        return [agent.name for agent in self.hosts.state.agents]


@pytest.fixture
def seen():
    made = Seen(PublishedHosts(Clock(), "engine"), [])
    made.hosts.told.append(made.news.append)
    made.hosts.engine_reached()
    return made


def told(*numbers, boot=1000):
    return tuple(Told(boot, n, attrs.evolve(TOLD, seq=n)) for n in numbers)


def read(seen, about=ABOUT, alive=50.0, agents=(AGENT,), changes=()):
    seen.hosts.read("box", about, alive, agents, changes)


def test_an_agent_is_told_as_it_is_when_a_host_is_first_seen(seen):
    read(seen)
    unseen = attrs.evolve(AGENT, verdict=attrs.evolve(AGENT.verdict, reason="unseen"))
    seen.hosts.read("gpu1", ABOUT, 50.0, (unseen,), ())

    (first,) = seen.told
    assert (first.agent, first.source, first.verdict.health) == ("box/login", None, Health.WAITING)
    assert first.t == 100.0
    assert seen.names == ["box/login", "gpu1/login"]
    assert (seen.hosts.state.tmux, seen.hosts.state.unreached) == ("3.3a", ())
    assert seen.hosts.state.seq > 0  # else nothing has happened yet
    assert seen.hosts.last_told("box") == (1000, 2)
    assert seen.hosts.last_told("nowhere") is None


def test_pieces_are_taken_in_order_and_a_missing_one_is_noticed(seen):
    read(seen)
    before = len(seen.told)
    other = attrs.evolve(AGENT, id="%6", name="other")

    assert seen.hosts.take("box", PublishedPiece(1000, 4, 51.0, (other,), told=told(3)))
    assert seen.names == ["box/login", "box/other"]
    (change,) = seen.told[before:]
    assert (change.agent, change.t, change.seq) == ("box/login", 52.25, 3)
    assert seen.news[-1].own[0].t == 3.25

    assert seen.hosts.take(
        "box", PublishedPiece(1000, 4, 51.0, told=told(3))
    )  # again: a sign of life
    assert seen.hosts.take("box", PublishedPiece(1000, 2, 49.0, told=told(2)))
    assert seen.hosts.take("box", PublishedPiece(900, 9, 49.0, told=told(2, boot=900)))
    assert len(seen.told) == before + 1
    assert not seen.hosts.take("box", PublishedPiece(1000, 6, 52.0))
    assert not seen.hosts.take("new", PublishedPiece(1000, 6, 52.0))


def test_what_was_missed_is_read_and_what_is_nowhere_is_counted(seen):
    read(seen)
    before = len(seen.told)
    about = attrs.evolve(ABOUT, n=9, told=6)
    read(seen, about, changes=told(2, 3, 5))
    assert [each.seq for each in seen.told[before:]] == [3, 5]
    assert seen.links[-1] == ("box", "live", "2 changes are missing")


def test_a_publisher_that_begins_anew_is_taken_from_its_first_piece(seen):
    read(seen)
    before = len(seen.told)
    first = PublishedPiece(2000, 1, 0.5, whole=True, told=told(1, boot=2000))
    assert not seen.hosts.take("box", attrs.evolve(first, n=2))
    assert seen.hosts.take("box", first)
    assert len(seen.told) == before + 1
    assert seen.names == []
    seen.hosts.clock.t += 5.0
    assert seen.hosts.take("box", attrs.evolve(first, whole=False, told=(), t=5.5))
    last = seen.told[-1]
    assert (last.agent, last.verdict.reason) == ("box/login", "ended-unseen")
    assert seen.names == ["box/login"]
    seen.hosts.clock.t += 61.0
    assert seen.names == []


def test_a_host_is_lost_when_nothing_comes_and_its_agents_stay(seen):
    read(seen)
    seen.hosts.clock.t += LOST_S + 1
    seen.hosts.pass_time()
    (agent,) = seen.hosts.state.agents
    assert (agent.lost, agent.verdict.health) == (True, Health.WAITING)
    assert seen.hosts.state.unreached == ("box",)
    assert seen.hosts.take("box", PublishedPiece(1000, 3, 66.0))
    assert not seen.hosts.state.agents[0].lost
    assert [state for _, state, _ in seen.links if _ == "box" or state] == ["live", "lost", "live"]


def test_a_host_that_stops_on_purpose_is_not_lost(seen):
    read(seen)
    assert seen.hosts.take("box", PublishedPiece(1000, 4, 51.0, stopped=True))
    seen.hosts.clock.t += 100
    seen.hosts.pass_time()
    assert seen.hosts.links["box"].state is LinkState.STOPPED
    assert seen.hosts.state.unreached == ()
    assert seen.hosts.state.agents[0].lost


def test_a_host_that_was_dead_when_it_was_read_is_lost_or_stopped(seen):
    read(seen, alive=None)
    assert seen.hosts.links["box"].state is LinkState.LOST
    seen.hosts.read("gpu1", attrs.evolve(ABOUT, stopped=True), None, (), ())
    assert seen.hosts.links["gpu1"].state is LinkState.STOPPED


def test_an_engine_that_is_lost_is_one_word_and_the_picture_stays(seen):
    read(seen)
    seen.hosts.engine_lost("no answer")
    seen.hosts.engine_lost("no answer")
    assert seen.hosts.state.unreached == ("engine",)
    assert [agent.lost for agent in seen.hosts.state.agents] == [True]
    assert seen.links[-1] == ("engine", "lost", "no answer")
    seen.hosts.clock.t += 100
    seen.hosts.engine_reached()
    seen.hosts.pass_time()  # each has its time to say that it lives
    assert [agent.lost for agent in seen.hosts.state.agents] == [False]


def test_what_an_older_run_left_is_not_believed(seen):
    read(seen, attrs.evolve(ABOUT, boot=2000))
    read(seen, attrs.evolve(ABOUT, boot=1000), agents=())
    assert seen.names == ["box/login"]


def test_what_cannot_be_read_makes_a_host_lost_and_no_other(seen):
    read(seen)
    seen.hosts.refuse("gpu1", "nonsense")
    assert seen.hosts.links["gpu1"].words == "nonsense"
    assert seen.hosts.links["box"].is_live


def test_there_are_not_more_hosts_than_a_view_can_hold(seen):
    for n in range(MOST_HOSTS):
        seen.hosts.refuse(f"h{n}", "x")
    assert seen.hosts.has_room("h0")
    assert not seen.hosts.has_room("one-more")


def test_screens_and_reasons_are_not_published(seen):
    read(seen)
    rows = seen.hosts.styled_rows("%5@box", 3)
    assert [row[0].text for row in rows] == ["rm -rf build", "go on?", "1. Yes"]
    assert seen.hosts.styled_rows("%9@box", 3) is seen.hosts.styled_rows("%5@x", 3) is None
    assert seen.hosts.explain("box/login") is None


def test_an_agent_is_found_by_its_id_and_all_are_the_same_tuple_until_one_is_otherwise(seen):
    read(seen)
    agents = seen.hosts.state.agents
    [agent] = agents

    assert seen.hosts.agent(agent.id) is agent
    assert seen.hosts.agent(f"{AGENT.id}@gpu1") is seen.hosts.agent("%9@box") is None
    assert seen.hosts.agent(None) is None
    assert seen.hosts.state.agents is agents
    seen.hosts.take("box", PublishedPiece(1000, 4, 51.0, (attrs.evolve(AGENT, title="new"),)))
    assert seen.hosts.state.agents is not agents


def test_the_past_of_a_host_is_told_run_by_run_by_our_clock(seen):
    read(seen)
    assert (seen.hosts.past("box"), seen.hosts.lacks_past("box")) == ((), True)

    seen.hosts.take_past("box", (*told(1, 2, boot=1000 - 60_000), *told(1)))

    [before, now] = seen.hosts.past("box")
    assert [len(before), len(now)] == [2, 1]
    assert [each.t for each in (*before, *now)] == [TOLD.t - 10, TOLD.t - 10, TOLD.t + 50]
    assert now[0].agent == f"box/{TOLD.agent}"
    assert not seen.hosts.lacks_past("box")
    seen.hosts.clock.t += ASKED_S + 1
    seen.hosts.asked_for()  # nobody looks
    assert seen.hosts.lacks_past("box")
