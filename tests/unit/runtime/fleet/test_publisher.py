"""What a host writes to an engine."""

import attrs
import pytest
import trio

from oma.errors import OmaError
from oma.model.events import PaneOutput, ServerConnected, SessionClosed, SessionOpened
from oma.model.publication import HostDescription, description_text, read_agents, read_description
from oma.runtime.fleet import publisher
from oma.runtime.fleet.publisher import NameTakenError, Publisher
from oma.store.store import Store
from tests.support.fake_engine import FakeEngine
from tests.support.fleet_play import PANE, SESSION, captured, empty, sampled, seen

ABOUT = HostDescription(1000, 0, 0, 0.0, "ours", "3.3a", "0.2.0")


@attrs.define
class Published:
    engine: FakeEngine
    store: Store
    publisher: Publisher
    said: list

    def begin(self, name="oma-agent-1", session=SESSION, pane=PANE):
        for event in (
            ServerConnected("3.3a"),
            SessionOpened(session, name),
            seen(session=session, pane=pane, idle_s=0.0),
            captured(pane=pane),
            sampled(pane=pane),
        ):
            self.store.append(event)

    async def ends_one(self, nursery):
        """Publish an agent, and its end."""
        self.begin()
        nursery.start_soon(self.publisher.run)
        await trio.sleep(0.1)
        self.store.append(SessionClosed(SESSION))
        await trio.sleep(0.1)

    @property
    def names(self):
        return [each.name for each in read_agents(self.engine.agents.get("box", {}).values())]

    @property
    def about(self):
        return read_description(self.engine.descriptions["box"])

    @property
    def ids(self):
        return list(self.engine.told.get("box", {}))


@pytest.fixture
def published():
    engine, said = FakeEngine(), []
    store = Store(empty(idle_warning_s=1000.0, idle_critical_s=2000.0).fleet, trio.current_time)
    made = Publisher(engine, ABOUT, "box", store, trio.current_time, said.append)
    return Published(engine, store, made, said)


async def test_agents_and_changes_are_written_and_the_end_is_said(
    published, nursery, autojump_clock
):
    published.begin()
    async with trio.open_nursery() as running:
        running.start_soon(published.publisher.run)
        await trio.sleep(0.1)
        assert (published.names, published.ids) == (["oma-agent-1"], [])
        published.store.append(SessionClosed(SESSION))
        await trio.sleep(0.1)
        assert published.ids == ["1000-1"]  # at once
        assert (published.about.n, published.about.told, published.about.stopped) == (2, 1, False)
        published.store.close()
    assert published.about.stopped
    assert "box" not in published.engine.alive
    assert published.said == []


async def test_what_is_no_change_of_health_waits_for_more_of_it(
    published, nursery, autojump_clock
):
    published.begin()
    nursery.start_soon(published.publisher.run)
    await trio.sleep(0.5)
    written = len(published.engine.writings)
    for _ in range(5):
        published.store.append(PaneOutput(PANE, b"x"))
        await trio.sleep(0.05)
    assert len(published.engine.writings) == written
    await trio.sleep(1.0)
    assert len(published.engine.writings) == written + 1


async def test_a_host_on_which_nothing_happens_says_that_it_lives(
    published, nursery, autojump_clock
):
    nursery.start_soon(published.publisher.run)
    await trio.sleep(21.0)
    assert len(published.engine.writings) == 5
    assert published.about.n == 1
    assert published.engine.alive.keys() == {"box"}


async def test_what_an_engine_that_was_away_lacks_is_written_once(
    published, nursery, autojump_clock
):
    await published.ends_one(nursery)
    published.engine.go_down()
    published.begin("oma-agent-2", "$2", "%2")
    published.store.append(SessionClosed("$2"))
    await trio.sleep(30.0)
    assert published.ids == ["1000-1"]
    published.engine.is_down = False
    await trio.sleep(4.0)
    assert published.ids == [f"1000-{n}" for n in range(1, published.about.told + 1)]
    assert len(published.ids) > 1
    assert published.said == [
        "not published, trying again: the engine: it is down",
        "published again at the engine",
    ]


async def test_an_engine_that_answers_and_takes_nothing_is_told_once(
    published, nursery, autojump_clock
):
    published.engine.forbidden.add("box")
    nursery.start_soon(published.publisher.run)
    await trio.sleep(60.0)
    published.engine.forbidden.clear()
    await trio.sleep(5.0)
    assert published.said == [
        "not published, trying again: the engine: no permission",
        "published again at the engine",
    ]


async def test_an_engine_that_begins_empty_gets_all_of_it_again(
    published, nursery, autojump_clock
):
    await published.ends_one(nursery)
    published.engine.go_down()
    await trio.sleep(6.0)
    published.engine.empty()
    published.engine.is_down = False
    await trio.sleep(6.0)
    assert (published.names, published.ids) == (["oma-agent-1"], ["1000-1"])


async def test_an_engine_that_begins_empty_unnoticed_gets_all_of_it_again(
    published, nursery, autojump_clock
):
    """A client connects again by itself, and nobody was hung up on."""
    await published.ends_one(nursery)
    published.engine.empty()
    published.begin("oma-agent-2", "$2", "%2")
    await trio.sleep(2.0)
    assert published.names == ["oma-agent-1", "oma-agent-2"]
    assert published.ids[0] == "1000-1"


async def test_a_clock_that_was_set_back_makes_no_older_run(published, nursery, autojump_clock):
    before = attrs.evolve(ABOUT, boot=5000, told=7)
    published.engine.descriptions["box"] = description_text(before).encode()
    published.engine.told["box"] = {"5000-7": b"{}"}
    await published.ends_one(nursery)
    assert published.about.boot == 5001
    assert published.ids == ["5000-7", "5001-1"]


async def test_a_name_that_another_machine_has_is_left_to_it(published, autojump_clock):
    theirs = attrs.evolve(ABOUT, machine="theirs")
    published.engine.descriptions["box"] = description_text(theirs).encode()
    published.engine.alive["box"] = b"1"
    with pytest.raises(NameTakenError, match="choose another name"):
        await published.publisher.run()
    assert published.engine.writings == []


async def test_a_run_that_came_later_ends_this_one(published, nursery, autojump_clock):
    failed = []

    async def run():
        try:
            await published.publisher.run()
        except OmaError as error:
            failed.append(str(error))

    nursery.start_soon(run)
    await trio.sleep(0.1)
    later = attrs.evolve(ABOUT, boot=9000)
    published.engine.descriptions["box"] = description_text(later).encode()
    await trio.sleep(6.0)
    assert failed == ["another oma publishes as 'box' since then"]


async def test_garbage_on_the_engine_is_nobody(published, nursery, autojump_clock):
    published.engine.descriptions["box"] = b"\xff"
    published.engine.told["box"] = {"x": b""}
    nursery.start_soon(published.publisher.run)
    await trio.sleep(0.1)
    assert published.about.boot == 1000


async def test_an_engine_that_is_never_there_keeps_nobody_from_ending(published, autojump_clock):
    published.engine.is_down = True
    async with trio.open_nursery() as running:
        running.start_soon(published.publisher.run)
        await trio.sleep(10 * publisher.BEAT_S)
        published.store.close()
    assert len(published.said) == 1
