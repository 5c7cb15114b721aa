"""What comes from an engine, over and over."""

import attrs
import pytest
import trio

from oma.model.hosts import LinkState
from oma.model.publication import (
    HostDescription,
    PublishedPiece,
    Told,
    description_text,
    piece_text,
)
from oma.model.published import agent_text, transition_text
from oma.recording.compression import pack
from oma.runtime.fleet.engine_feed import EngineFeed
from oma.store.published_hosts import PublishedHosts
from oma.store.store import Store
from tests.support.fake_engine import FakeEngine
from tests.support.fleet_play import empty
from tests.support.log_entries import FACTS, entry, numbered
from tests.unit.model.published_agents import AGENT, TOLD

ABOUT = HostDescription(1000, 3, 2, 50.0, "ours", "3.3a", "0.2.0")


@attrs.define
class Followed:
    engine: FakeEngine
    hosts: PublishedHosts
    feed: EngineFeed
    told: list

    def hold(self, host="box", about=ABOUT, alive=b"50.0", agents=(AGENT,)):
        self.engine.descriptions[host] = description_text(about).encode()
        self.engine.agents[host] = {each.id: agent_text(each).encode() for each in agents}
        if alive is not None:
            self.engine.alive[host] = alive

    def send(self, piece, host="box"):
        self.engine.send(host, pack(piece_text(piece).encode()))

    @property
    def names(self):
        return [agent.name for agent in self.hosts.state.agents]


@pytest.fixture
def followed():
    engine = FakeEngine()
    hosts, told = PublishedHosts(trio.current_time, "engine"), []
    hosts.told.append(lambda news: told.extend(news.transitions))
    return Followed(engine, hosts, EngineFeed(engine, hosts), told)


async def test_what_is_held_is_read_and_what_comes_is_taken(followed, nursery, autojump_clock):
    followed.hold()
    nursery.start_soon(followed.feed.run)
    await followed.feed.stands.wait()
    assert followed.names == ["box/login"]
    assert followed.hosts.engine_link.is_live

    followed.send(PublishedPiece(1000, 4, 51.0, gone=(AGENT.id,), told=(Told(1000, 3, TOLD),)))
    await trio.sleep(0.1)
    assert followed.names == []
    assert [each.agent for each in followed.told] == ["box/login"] * 2


async def test_a_missing_piece_is_made_good_by_reading_the_host(followed, nursery, autojump_clock):
    followed.hold()
    nursery.start_soon(followed.feed.run)
    await followed.feed.stands.wait()
    followed.engine.told["box"] = {"1000-3": transition_text(TOLD).encode()}
    followed.hold(about=attrs.evolve(ABOUT, n=5, told=3), agents=())
    followed.send(PublishedPiece(1000, 5, 51.0))
    await trio.sleep(3.0)
    assert (followed.names, len(followed.told)) == ([], 2)


async def test_an_engine_that_goes_and_comes_is_told_and_missed_changes_are_read(
    followed, nursery, autojump_clock
):
    followed.engine.is_down = True
    nursery.start_soon(followed.feed.run)
    await followed.feed.stands.wait()
    assert followed.hosts.engine_link.state is LinkState.UNREACHED
    followed.hold()
    followed.engine.is_down = False
    await trio.sleep(3.0)
    assert followed.names == ["box/login"]

    followed.engine.go_down()
    await trio.sleep(3.0)
    assert followed.hosts.engine_link.state is LinkState.LOST
    followed.engine.told["box"] = {"1000-3": transition_text(TOLD).encode()}
    followed.hold(about=attrs.evolve(ABOUT, n=9, told=3))
    followed.engine.is_down = False
    await trio.sleep(3.0)
    assert followed.hosts.engine_link.is_live
    assert len(followed.told) == 2


async def test_an_engine_that_does_not_answer_is_lost_and_its_hosts_are_not(
    followed, nursery, autojump_clock
):
    followed.hold()
    nursery.start_soon(followed.feed.run)
    await followed.feed.stands.wait()
    followed.engine.is_down = True  # it hangs: nobody is hung up on
    await trio.sleep(60.0)
    assert followed.hosts.engine_link.state is LinkState.LOST
    assert followed.hosts.links["box"].is_live


async def test_a_host_of_which_nothing_comes_is_lost(followed, nursery, autojump_clock):
    followed.hold()
    nursery.start_soon(followed.feed.run)
    await trio.sleep(20.0)
    assert followed.hosts.state.unreached == ("box",)


@pytest.mark.parametrize(
    "damage",
    [
        {"descriptions": b"{}"},
        {"alive": b"soon"},
        {"alive": b"nan"},
        {"agents": {"%5": b"[]"}},
        {"agents": {"%5": b'{"id": "-x"}'}},
    ],
)
async def test_a_host_that_publishes_nonsense_is_lost_and_no_other(
    followed, nursery, autojump_clock, damage
):
    for host in ("box", "gpu1"):
        followed.hold(host)
    ((part, value),) = damage.items()
    getattr(followed.engine, part)["gpu1"] = value
    nursery.start_soon(followed.feed.run)
    await followed.feed.stands.wait()
    assert followed.names == ["box/login"]
    assert "cannot be read" in followed.hosts.links["gpu1"].words


async def test_hostile_names_and_pieces_are_refused(followed, nursery, autojump_clock):
    followed.hold()
    followed.hold("a/b")
    followed.hold("\x1b[2J")
    nursery.start_soon(followed.feed.run)
    await followed.feed.stands.wait()
    followed.send(PublishedPiece(1, 1, 0.0, (AGENT,), whole=True), "../x")
    bomb = pack(b"x" * (17 << 20))
    for data in (b"", b"\xff", pack(b"[]"), bomb):
        followed.engine.send("gpu1", data)
    await trio.sleep(0.1)
    assert set(followed.hosts.hosts) == {"box", "gpu1"}
    assert "cannot be read" in followed.hosts.links["gpu1"].words


async def test_the_log_of_a_host_is_read_where_somebody_can_make_a_store_of_it(
    followed, nursery, autojump_clock
):
    followed.feed.make_store = lambda _header: Store(empty().fleet, lambda: 0.0)
    followed.hold()
    followed.engine.logs["box"] = [entry(numbered(FACTS), facts=())]
    nursery.start_soon(followed.feed.run)
    await followed.feed.stands.wait()
    assert followed.hosts.explain("box/$1") is None  # which asks for it
    await trio.sleep(1.0)

    assert followed.hosts.explain("box/$1").agent == "oma-agent-1"
