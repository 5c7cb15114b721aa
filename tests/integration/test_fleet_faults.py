"""Hosts, an engine that fails and viewers, by a clock of their own: what is told is what each host's log says, to the byte."""

import attrs
import pytest
import trio
import trio.testing

from oma.model.events import PaneOutput, SessionClosed, SessionOpened, TimePassed
from oma.model.publication import HostDescription
from oma.model.published import transition_text
from oma.recording.compression import pack
from oma.runtime.fleet.engine_feed import EngineFeed
from oma.runtime.fleet.publisher import Publisher
from oma.store.published_hosts import PublishedHosts
from oma.store.store import Store
from tests.support.fake_engine import FakeEngine
from tests.support.fleet_play import captured, empty, sampled, seen

pytestmark = pytest.mark.slow

HOSTILE = (b"", b"\xff", pack(b"[]"), pack(b'{"boot": 1e400}'), pack(b"x" * (17 << 20)))
RULES = {"idle_warning_s": 1e6, "idle_critical_s": 2e6}


@attrs.define
class Host:
    """One machine: agents begin, ask, go on and end there, second by second."""

    engine: FakeEngine
    name: str = "box"
    boot: int = 1000
    skew_s: float = 0.0
    said: list = attrs.Factory(list)
    records: list = attrs.Factory(list)

    async def run(self, seconds=1e9):
        """Do so, and publish it; this is ended as a process is that is killed."""
        began_s = trio.current_time()
        store = Store(empty(**RULES).fleet, lambda: trio.current_time() - began_s + self.skew_s)
        tail = store.tail()
        about = HostDescription(self.boot, 0, 0, 0.0, self.name, "3.4", "0.2.0")
        publisher = Publisher(self.engine, about, self.name, store, store.clock, self.said.append)
        async with trio.open_nursery() as nursery:
            nursery.start_soon(publisher.run)
            await trio.testing.wait_all_tasks_blocked()
            second = 0
            while second < seconds:
                self.play(store, second)
                self.records += [step.record for step in tail.take()]
                await trio.sleep(1.0)
                second += 1
            nursery.cancel_scope.cancel()

    def play(self, store, second):
        number, turn = divmod(second, 5)
        pane, session = f"%{number}", f"${number}"
        match turn:
            case 0:
                for event in (
                    SessionOpened(session, f"oma-agent-{number}"),
                    seen(session=session, pane=pane, idle_s=0.0),
                    captured(pane=pane),
                    sampled(pane=pane),
                ):
                    store.append(event)
            case 1:
                store.append(PaneOutput(pane, b"Do you want to go on? [y/N] "))
            case 3:
                store.append(PaneOutput(pane, b"\r\nyes, on it\r\n"))
            case 4 if number % 2:
                store.append(SessionClosed(session))
            case _:
                store.append(TimePassed())

    @property
    def replayed(self):
        """The changes that a replay of its records prints."""
        fleet, told = empty(**RULES).fleet, []
        for record in self.records:
            told += [*fleet.advance(record.t), *fleet.fold(record)]
        return list(map(transition_text, told))


@attrs.define
class Viewer:
    """Somebody who follows the engine."""

    engine: FakeEngine
    told: list = attrs.Factory(list)
    links: list = attrs.Factory(list)
    hosts: PublishedHosts = attrs.field(init=False)

    def __attrs_post_init__(self):
        self.hosts = PublishedHosts(trio.current_time, "engine")
        self.hosts.told.append(self.note)

    def note(self, news):
        self.told += [(news.host, transition_text(each)) for each in news.own]
        if news.link is not None:
            self.links.append((trio.current_time(), news.host, news.link.state))

    async def run(self):
        await EngineFeed(self.engine, self.hosts).run()

    def told_of(self, host):
        """What it was told of a host, as that calls its agents itself."""
        found = [text for name, text in self.told if name == host]
        return [text.replace(f"{host}/", "").replace(f"@{host}", "") for text in found]


async def away(engine):
    engine.go_down()
    await trio.sleep(30.0)
    engine.is_down = False


async def empty_again(engine):
    await away(engine)
    engine.empty()


async def frozen(engine):
    engine.is_down = True  # nobody is hung up on
    await trio.sleep(30.0)
    engine.is_down = False


async def away_often(engine):
    for _ in range(5):
        engine.go_down()
        await trio.sleep(2.0)
        engine.is_down = False
        await trio.sleep(5.0)


async def lied_to(engine):
    for each in HOSTILE:
        for name in ("gpu2", "../x", "\x1b[2J"):
            engine.send(name, each)
            engine.descriptions[name], engine.agents[name] = each, {"$1": each}
        await trio.sleep(3.0)


async def refuses_another(engine):
    engine.forbidden.add("gpu1")
    await trio.sleep(30.0)
    engine.forbidden.clear()


ENGINE_FAULTS = (away, empty_again, frozen, away_often, lied_to, refuses_another)


async def played(fault, *hosts):
    """Let hosts run for a while, and let something happen to their engine."""
    engine = hosts[0].engine
    viewer = Viewer(engine)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(viewer.run)
        await trio.sleep(0.5)
        for host in hosts:
            nursery.start_soon(host.run)
        await trio.sleep(20.25)  # what happens is never at the same moment
        await fault(engine)
        await trio.sleep(5.0)
        unknown = [agent for agent in viewer.hosts.state.agents if agent.lost]
        assert unknown == [], fault.__name__
        nursery.cancel_scope.cancel()
    return viewer


async def test_whatever_happens_to_the_engine_each_host_is_told_of_as_its_log_says(
    autojump_clock,
):
    for fault in ENGINE_FAULTS:
        engine = FakeEngine()
        # The ids of their agents are equal, and their clocks hours apart.
        hosts = Host(engine), Host(engine, "gpu1", boot=7_200_000, skew_s=10_000.0)
        viewer = await played(fault, *hosts)
        for host in hosts:
            assert viewer.told_of(host.name) == host.replayed, (fault.__name__, host.name)
            assert len(viewer.told_of(host.name)) > 15, (fault.__name__, host.name)
        since_s = [each.verdict.since_s for each in viewer.hosts.state.agents]
        assert min(since_s) >= -1.0, fault.__name__
        assert max(since_s) <= trio.current_time() + 1.0, fault.__name__
        agents = viewer.hosts.state.agents
        assert len({each.id for each in agents}) == len(agents) > 10, fault.__name__


async def test_a_viewer_that_was_killed_and_one_that_comes_later_tell_what_the_log_says(
    autojump_clock,
):
    engine = FakeEngine()
    host, first, later = Host(engine), Viewer(engine), Viewer(engine)
    async with trio.open_nursery() as nursery:
        with trio.move_on_after(20.0):
            async with trio.open_nursery() as killed:
                killed.start_soon(first.run)
                await trio.sleep(0.5)
                nursery.start_soon(host.run)
        await trio.sleep(10.0)
        nursery.start_soon(later.run)
        await trio.sleep(20.0)
        nursery.cancel_scope.cancel()

    replayed = host.replayed
    assert first.told_of("box") == replayed[: len(first.told)]
    stand = sum('"seq":0' in text for text in later.told_of("box"))  # how each was found
    news = later.told_of("box")[stand:]
    assert news
    assert "".join(news) in "".join(replayed)


async def test_a_publisher_that_was_killed_is_followed_by_its_next_run_and_nothing_is_told_twice(
    autojump_clock,
):
    engine = FakeEngine()
    before, after = Host(engine), Host(engine, boot=2000)
    viewer = Viewer(engine)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(viewer.run)
        await trio.sleep(0.5)
        with trio.move_on_after(19.5):
            await before.run()
        told = len(viewer.told)
        await trio.sleep(3.0)
        nursery.start_soon(after.run)
        await trio.sleep(19.5)
        nursery.cancel_scope.cancel()

    assert viewer.told_of("box")[:told] == before.replayed
    news = [text for text in viewer.told_of("box")[told:] if "ended-unseen" not in text]
    assert news == after.replayed
