"""The logs of several hosts side by side."""

import attrs
import pytest

from oma.model.events import (
    MonitorStopped,
    PaneOutput,
    Record,
    ServerConnected,
    SessionClosed,
    SessionOpened,
)
from oma.model.health import Health
from oma.model.hosts import LinkState
from oma.model.standing import ChangesTold, PastChange, WatchBegan
from oma.store.fleets import Fleets
from oma.store.store import Store
from tests.support.fleet_play import PANE, SESSION, captured, empty, sampled, seen


class Clock:
    t = 100.0

    def __call__(self):
        return self.t


LOG = [
    (0.0, ServerConnected("3.3a")),
    (0.0, SessionOpened(SESSION, "oma-agent-1")),
    (0.0, seen(idle_s=0.0)),
    (0.0, captured(b"hello")),
    (0.0, sampled()),
    (0.5, PaneOutput(PANE, b"more")),
]


@pytest.fixture
def fleets():
    return Fleets(Clock(), ["box", "gpu1"])


def store(fleets):
    made = Store(empty(idle_warning_s=2.0, idle_critical_s=6.0).fleet, fleets.clock)
    made.is_fed = True
    return made


def play(fleets, host, log=LOG, first=1):
    for seq, (t, event) in enumerate(log, start=first):
        fleets.take(host, Record(seq, t, event))


def reach(fleets, *hosts):
    for host in hosts:
        fleets.reached(host, store(fleets))
        play(fleets, host)


def reach_again(fleets, host, log):
    store = fleets.hosts[host].store
    fleets.reached(host, store)
    store.append(WatchBegan())
    play(fleets, host, log)


def test_equal_ids_of_two_hosts_are_two_agents(fleets):
    reach(fleets, "box", "gpu1")

    state = fleets.state
    assert [agent.name for agent in state.agents] == ["box/oma-agent-1", "gpu1/oma-agent-1"]
    assert [agent.id for agent in state.agents] == ["$1@box", "$1@gpu1"]
    assert (state.t, state.tmux, state.unreached) == (100.0, "3.3a", ())
    assert fleets.state.agents == state.agents


def test_nothing_is_known_of_hosts_that_were_not_reached(fleets):
    assert (fleets.state.agents, fleets.state.has_server, fleets.state.seq) == ((), False, 0)
    fleets.lost("gpu1", "no route")
    link = fleets.hosts["gpu1"].link
    assert (link.state, link.words) == (LinkState.UNREACHED, "no route")
    assert fleets.state.unreached == ("gpu1",)


def test_a_host_that_is_lost_keeps_its_agents_with_their_last_verdict(fleets):
    reach(fleets, "box")
    before = fleets.state.agents[0].verdict
    fleets.clock.t = 500.0

    fleets.lost("box", "ssh died")

    (agent,) = fleets.state.agents
    assert (agent.lost, agent.verdict, fleets.state.unreached) == (True, before, ("box",))
    assert fleets.hosts["box"].link.since_s == 500.0
    fleets.reached("box", fleets.hosts["box"].store)
    assert not fleets.state.agents[0].lost


def test_what_lay_between_two_records_there_lies_between_them_here(fleets):
    """Else nothing would be due when the host says that it was."""
    fleets.reached("box", store(fleets))
    log = fleets.hosts["box"]
    play(fleets, "box", [(5.25, ServerConnected("3.3a"))])
    assert log.store.t == 100.0  # it came now

    fleets.clock.t = 100.05  # the next one comes sooner than it happened
    play(fleets, "box", [(5.5, PaneOutput(PANE, b"x"))], first=2)
    assert log.store.t == 100.25


def test_a_log_that_is_taken_up_again_goes_on_after_what_is_known(fleets):
    reach(fleets, "box")
    log = fleets.hosts["box"]
    fleets.clock.t = 300.0

    fleets.reached("box", log.store)
    play(fleets, "box", [(0.5, PaneOutput(PANE, b"x"))])

    assert (log.store.t, log.store.seq) == (300.0, 7)


def test_a_clock_that_runs_faster_is_set_back(fleets):
    reach(fleets, "box")
    log = fleets.hosts["box"]

    play(fleets, "box", [(1.0, PaneOutput(PANE, b"x")), (1.25, PaneOutput(PANE, b"x"))], first=7)
    assert log.store.t == 101.0  # not 101.25, which would be more than a second ahead
    fleets.clock.t = 103.0
    play(fleets, "box", [(3.25, PaneOutput(PANE, b"x"))], first=9)
    assert log.store.t == 103.0


def test_the_end_of_a_host_s_log_is_not_the_end_of_ours(fleets):
    reach(fleets, "box")
    before = fleets.hosts["box"].store.seq

    play(fleets, "box", [(0.6, MonitorStopped("stopped"))], first=7)

    assert fleets.hosts["box"].store.seq == before


def test_news_is_told_with_transitions_under_their_names_among_all_hosts(fleets):
    told = []
    fleets.told.append(told.append)

    reach(fleets, "box")
    fleets.lost("box", "x")
    fleets.lost("box", "x")  # nothing new

    transitions = [each for news in told for each in news.transitions]
    assert [(each.agent, each.verdict.health) for each in transitions] == [
        ("box/oma-agent-1", Health.OK)
    ]
    assert [news.event for news in told if news.event is None] == [None, None]
    assert {news.host for news in told} == {"box"}


def test_an_agent_that_ended_while_its_host_was_lost_is_told_and_shown_for_a_while(fleets):
    told = []
    reach(fleets, "box")
    fleets.told.append(told.append)
    fleets.lost("box", "x")
    fleets.clock.t = 200.0

    reach_again(fleets, "box", [(0.0, ServerConnected("3.3a"))])
    assert fleets.state.agents == ()  # it may still be told of
    fleets.settled("box")
    fleets.settled("box")

    (change,) = [each for news in told for each in news.transitions]
    assert (change.agent, change.id, change.source) == ("box/oma-agent-1", "$1@box", Health.OK)
    assert (change.t, change.verdict.health, change.verdict.reason) == (
        200.0,
        Health.EXITED,
        "ended-unseen",
    )
    (agent,) = fleets.state.agents
    assert (agent.name, agent.gone, agent.verdict) == ("box/oma-agent-1", True, change.verdict)
    fleets.clock.t = 261.0
    assert fleets.state.agents == ()


def test_an_agent_that_is_there_again_has_not_ended(fleets):
    told = []
    reach(fleets, "box")
    fleets.told.append(told.append)

    reach_again(fleets, "box", LOG)
    fleets.settled("box")
    fleets.settled("gpu1")  # it was never reached

    assert [agent.gone for agent in fleets.state.agents] == [False]
    assert [each for news in told for each in news.transitions] == []


def test_who_had_ended_before_the_host_was_lost_is_not_told_again(fleets):
    told = []
    reach(fleets, "box")
    play(fleets, "box", [(0.6, SessionClosed(SESSION))], first=7)
    fleets.told.append(told.append)

    reach_again(fleets, "box", [])
    fleets.settled("box")

    assert [each for news in told for each in news.transitions] == []


def test_screens_and_reasons_are_found_by_id_and_name(fleets):
    reach(fleets, "box")

    (row, *_) = fleets.styled_rows("$1@box", 30)
    assert row[0].text.startswith("more")
    assert fleets.explain("box/oma-agent-1").verdict.health is Health.OK
    assert fleets.styled_rows("$1@gpu1", 30) is fleets.styled_rows("$1@nowhere", 30) is None
    assert fleets.explain("gpu1/oma-agent-1") is fleets.explain("oma-agent-1") is None


def test_records_of_a_host_that_was_not_reached_are_no_news_of_agents(fleets):
    play(fleets, "box")

    assert fleets.state.agents == ()


def test_what_a_service_there_told_before_is_the_past_of_its_host_by_our_clock(fleets):
    assert fleets.past("box") == fleets.past("nowhere") == ()
    fleets.reached("box", store(fleets))
    change = PastChange(
        "$1", "oma-agent-1", "", 30.0, None, "waiting", "question", "x", "Go on?", 40.0
    )
    later = attrs.evolve(change, health="of a later version")
    play(fleets, "box", [*LOG, (1.0, ChangesTold((change, later)))])
    [[told]] = fleets.past("box")
    assert (told.agent, told.id, told.t) == ("box/oma-agent-1", "$1@box", 71.0)
    assert told.verdict.since_s == 61.0
    assert fleets.past("box") is fleets.past("box")
    assert not fleets.lacks_past("box")
    assert fleets.past("gpu1") == ()
