"""The published logs of hosts at whose agents somebody looks."""

import attrs
import pytest
import trio

from oma.model.publication import HostDescription
from oma.model.published import transition_text
from oma.runtime.fleet.published_log_reader import PublishedLogReader
from oma.store.published_hosts import PublishedHosts
from oma.store.store import Store
from tests.support.fake_engine import FakeEngine
from tests.support.fleet_play import empty
from tests.support.log_entries import AGENT, FACTS, entry, numbered, printed
from tests.unit.model.published_agents import AGENT as PUBLISHED
from tests.unit.model.published_agents import TOLD

ABOUT = HostDescription(1000, 1, 0, 1.0, "ours")
BEGUN = entry(numbered([printed(b"\r\nmore")], 7), facts=FACTS)


@attrs.define
class Followed:
    engine: FakeEngine
    hosts: PublishedHosts
    follower: PublishedLogReader
    told: list

    @property
    def rows(self):
        rows = self.hosts.styled_rows(f"{AGENT}@box", 50)
        return ["".join(run.text for run in row).rstrip() for row in rows]


@pytest.fixture
async def followed():
    hosts, told = PublishedHosts(trio.current_time, "engine"), []
    hosts.read("box", ABOUT, 1.0, [attrs.evolve(PUBLISHED, id=AGENT)], [])
    hosts.told.append(lambda news: told.append((news.host, news.event)))
    follower = PublishedLogReader(hosts, lambda _header: Store(empty().fleet, lambda: 0.0))
    return Followed(FakeEngine(), hosts, follower, told)


async def test_it_is_read_from_the_newest_place_to_begin_at_while_somebody_looks(
    followed, nursery, autojump_clock
):
    followed.engine.logs["box"] = [entry(numbered([printed(b"old")] * 6), facts=()), BEGUN]
    nursery.start_soon(followed.follower.run, followed.engine)
    await trio.sleep(1.0)
    assert followed.told == []  # nobody looks
    assert "more" not in followed.rows
    await trio.sleep(1.0)
    assert followed.rows[:2] == ["hello", "more"]
    followed.engine.logs["box"].append(entry(numbered([printed(b"!")], 8)))
    await trio.sleep(1.0)
    assert followed.rows[1] == "more!"
    assert followed.told[-1] == ("box", printed(b"!"))


async def test_a_log_that_is_damaged_shows_nothing_and_hurts_no_other(
    followed, nursery, autojump_clock
):
    followed.engine.logs["box"] = [BEGUN]
    nursery.start_soon(followed.follower.run, followed.engine)
    assert followed.rows
    await trio.sleep(1.0)
    followed.engine.logs["box"].append(attrs.evolve(BEGUN, first=8, last=9, begin=None))
    await trio.sleep(1.0)
    assert "more" not in followed.rows
    await trio.sleep(1.0)


async def test_how_agents_changed_before_is_read_once_and_damage_of_it_hurts_nothing(
    followed, nursery, autojump_clock
):
    followed.engine.told["box"] = {"1000-1": transition_text(TOLD).encode()}
    followed.engine.logs["box"] = [BEGUN]
    nursery.start_soon(followed.follower.run, followed.engine)
    assert followed.rows
    await trio.sleep(1.0)
    [[change]] = followed.hosts.past("box")
    assert change.agent == f"box/{TOLD.agent}"

    followed.engine.told["box"]["1000-2"] = b"x"
    await trio.sleep(1.0)
    assert followed.hosts.past("box") == [[change]]
    followed.hosts.opened.pasts.clear()
    await trio.sleep(1.0)
    assert followed.hosts.past("box") == []
    assert "more" in followed.rows


async def test_a_host_without_a_log_is_asked_for_one_less_often(
    followed, nursery, autojump_clock, monkeypatch
):
    asked, read_log = [], FakeEngine.read_log

    async def noted(engine, host, after, *, newest=False):
        asked.append(trio.current_time())
        return await read_log(engine, host, after, newest=newest)

    monkeypatch.setattr(FakeEngine, "read_log", noted)
    nursery.start_soon(followed.follower.run, followed.engine)
    assert followed.rows
    await trio.sleep(3.0)
    assert len(asked) == 2
    followed.engine.logs["box"] = [BEGUN]
    assert followed.rows
    await trio.sleep(2.0)
    assert "more" in followed.rows
    count = len(asked)
    await trio.sleep(1.0)
    assert len(asked) >= count + 4
