"""The news of several machines as one log."""

import attrs
import pytest
import trio
import trio.testing

from oma.model.events import PaneOutput, Record, SessionOpened, TimePassed
from oma.model.health import Health
from oma.model.publication import HostDescription, Told
from oma.store.fleets import Fleets
from oma.store.hosts_log import PAST_S, HostsLog
from oma.store.published_hosts import PublishedHosts
from oma.store.store import Store
from tests.support.fleet_play import SESSION, captured, empty, sampled, seen
from tests.unit.model.published_agents import AGENT, TOLD

LOG = (SessionOpened(SESSION, "oma-agent-1"), seen(idle_s=0.0), captured(b"hello\n"), sampled())


@pytest.fixture
def fleets():
    return Fleets(lambda: 5.0, ["box"])


def reach(fleets):
    store = Store(empty().fleet, fleets.clock)
    store.is_fed = True
    fleets.reached("box", store)
    for event in LOG:
        fleets.take("box", Record(1, 0.0, event))


async def test_its_records_are_those_of_all_hosts_under_names_that_tell_them_apart(fleets):
    log = HostsLog(fleets)
    tail = log.tail()
    reach(fleets)
    fleets.take("box", Record(2, 0.0, PaneOutput("%1", b"more")))

    steps = await tail.receive()

    events = [step.record.event for step in steps]
    assert events[0] == TimePassed()  # the link
    assert events[-1] == PaneOutput("%1@box", b"more")
    assert [step.record.seq for step in steps] == list(range(1, log.seq + 1))
    assert {step.record.t for step in steps} == {log.t} == {5.0}
    [told] = [each for step in steps for each in step.transitions]
    assert (told.agent, told.id) == ("box/oma-agent-1", "$1@box")


async def test_agents_are_asked_after_by_id_and_by_name(fleets):
    log = HostsLog(fleets)
    reach(fleets)

    assert [agent.id for agent in log.state.agents] == ["$1@box"]
    for reference in ("$1@box", "box/oma-agent-1"):
        assert log.explain(reference).verdict.health is Health.OK
    assert log.explain("$1@gone") is None
    assert log.styled_rows("$1@box", 5) is not None
    log.pass_time()
    assert log.clock() == 5.0


async def test_who_waits_is_woken_and_the_end_ends_every_tail(fleets, nursery):
    log = HostsLog(fleets)
    done = trio.Event()

    async def wait():
        await log.wait_newer(0)
        done.set()

    nursery.start_soon(wait)
    await trio.testing.wait_all_tasks_blocked()
    fleets.lost("box", "no route")
    await done.wait()
    tail = log.tail()
    log.close()
    assert await tail.receive() == []


def test_news_without_a_pane_stays_as_it_is(fleets):
    log = HostsLog(fleets)
    tail = log.tail()
    reach(fleets)

    assert attrs.evolve(LOG[0]) in [step.record.event for step in tail.take()]


async def test_how_an_agent_changed_before_is_waited_for_a_moment(autojump_clock, nursery):
    hosts = PublishedHosts(trio.current_time, "engine")
    hosts.engine_reached()
    hosts.read("box", HostDescription(1000, 1, 0, 1.0, "ours"), 1.0, [AGENT], [])
    await trio.sleep(100.0)
    log, [agent] = HostsLog(hosts), hosts.state.agents
    began_s = trio.current_time()
    assert await log.past_of(agent) == []
    assert trio.current_time() == began_s + PAST_S
    assert hosts.asked_for() == ["box"]

    async def read():
        await trio.sleep(0.5)
        own = attrs.evolve(TOLD, id=AGENT.id, agent=AGENT.name, t=4.0)
        other, later = attrs.evolve(own, agent="other"), attrs.evolve(own, t=1e6)
        hosts.take_past("box", [Told(1000, n, each) for n, each in enumerate((own, other, later))])

    nursery.start_soon(read)
    [told] = await log.past_of(agent)
    assert (told.agent, told.id) == (agent.name, agent.id)
    assert trio.current_time() == began_s + PAST_S + 0.5
