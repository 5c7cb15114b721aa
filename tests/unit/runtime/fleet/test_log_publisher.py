"""The log of a host on its way to an engine."""

from itertools import chain

import attrs
import pytest
import trio
import trio.testing

from oma.errors import OmaError
from oma.model.events import PaneOutput, SessionOpened
from oma.recording.published_log import Beginning, LogJoiner
from oma.runtime.fleet import engine_session, log_publisher
from oma.runtime.fleet.log_outbox import LogOutbox
from oma.runtime.fleet.log_publisher import LogPublisher
from oma.store.store import Store
from tests.support.fake_engine import FakeEngine
from tests.support.fleet_play import PANE, SESSION, captured, empty, sampled, seen
from tests.support.log_entries import HEADER
from tests.support.patience import look_until

FACTS = (SessionOpened(SESSION, "oma-agent-1"), seen(idle_s=0.0), captured(), sampled())


@attrs.define
class Log:
    engine: FakeEngine
    store: Store
    publisher: LogPublisher
    said: list
    is_ours: trio.Event = attrs.Factory(trio.Event)

    def append(self, *events):
        for event in events:
            self.store.append(event)

    async def run(self):
        await self.publisher.run(self.is_ours)

    async def published(self, last, boot=1000):
        """Wait until the engine has the log up to a record."""
        assert await look_until(lambda: (boot, last) in self.places)

    def stored(self, last):
        """Say whether a record is on the disk."""
        return any(self.publisher.outbox.path.glob(f"*-{last}.entry"))

    @property
    def places(self):
        return [each.place for each in self.engine.logs.get("box", ())]

    def joined(self, joiner=None):
        reader = joiner or LogJoiner("box")
        return list(chain.from_iterable(map(reader.take, self.engine.logs.get("box", ()))))


@pytest.fixture
def made(tmp_path, monkeypatch):
    monkeypatch.setattr(log_publisher, "GATHER_S", 0.0)
    monkeypatch.setattr(engine_session, "WAITS_S", (0.01,))

    def make(boot=1000):
        engine, said = FakeEngine(), []
        store = Store(empty(idle_warning_s=1e6, idle_critical_s=2e6).fleet, trio.current_time)
        outbox = LogOutbox(tmp_path / "outbox")
        publisher = LogPublisher(engine, "box", HEADER, store, boot, outbox, said.append)
        return Log(engine, store, publisher, said)

    return make


async def test_what_is_published_is_the_recording(made, nursery):
    log = made()
    nursery.start_soon(log.run)
    await trio.testing.wait_all_tasks_blocked()
    tail = log.store.tail()
    log.append(*FACTS)
    log.is_ours.set()
    await log.published(4)
    log.append(PaneOutput(PANE, b"x"))
    await log.published(5)
    log.append(PaneOutput(PANE, b"y"))
    log.store.close()
    await log.published(6)

    assert log.joined() == [Beginning(HEADER, 1000, 1), *(step.record for step in tail.take())]


async def test_nothing_is_sent_before_the_name_is_ours_and_all_of_it_when_the_run_is_cancelled(
    made,
    autojump_clock,
):
    log = made()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(log.run)
        await trio.testing.wait_all_tasks_blocked()
        log.append(*FACTS)
        await trio.testing.wait_all_tasks_blocked()
        assert log.engine.logs == {}
        log.is_ours.set()
        nursery.cancel_scope.cancel()
    assert len(log.joined()) == 1 + len(FACTS)


async def test_an_engine_that_was_away_gets_what_it_lacks_and_an_empty_one_all_that_is_kept(
    made, nursery
):
    log, reader = made(), LogJoiner("box")
    log.is_ours.set()
    nursery.start_soon(log.run)
    await trio.testing.wait_all_tasks_blocked()
    log.append(*FACTS)
    await log.published(4)
    found = log.joined(reader)
    log.engine.is_down = True
    for n in range(5, 10):
        log.append(PaneOutput(PANE, b"x"))
        assert await look_until(lambda n=n: log.stored(n))
    log.engine.empty()
    log.engine.is_down = False
    await log.published(9)

    found += log.joined(reader)
    assert [each.seq for each in found[1:]] == list(range(1, 10))
    assert log.joined() == found

    log.engine.empty()  # unnoticed
    log.append(PaneOutput(PANE, b"x"))
    await log.published(10)
    assert [each.seq for each in log.joined()[1:]] == list(range(1, 11))
    assert log.said == ["the log waits: the engine: it is down"]


async def test_who_comes_later_finds_a_place_to_begin_at_once_there_is_enough(
    made, nursery, monkeypatch
):
    monkeypatch.setattr(log_publisher, "SEGMENT_BYTES", 2000)
    monkeypatch.setattr(log_publisher, "FRAME_BYTES", 500)
    log = made()
    log.is_ours.set()
    nursery.start_soon(log.run)
    await trio.testing.wait_all_tasks_blocked()
    log.append(*FACTS)
    for n in range(8):
        log.append(*[PaneOutput(PANE, b"%d" % n * 100)] * 5)
        await log.published(4 + 5 * (n + 1))

    begins = [each for each in log.engine.logs["box"] if each.begin is not None]
    assert len(begins) > 2
    whole = log.joined()
    assert [each.seq for each in whole[1:]] == list(range(1, 45))
    late = LogJoiner("box")
    begun, *records = chain.from_iterable(
        map(late.take, await log.engine.read_log("box", None, newest=True))
    )
    assert begun.first == begins[-1].first
    assert records[-1].event == whole[-1].event
    # What they believe in the end is the same.
    assert folded(records).shown("$1") == log.store.shown("$1")


def folded(records):
    store = Store(empty().fleet, lambda: 0.0)
    for record in records:
        store.restore(record)
    return store


async def test_the_log_of_a_run_before_is_sent_first(made, nursery):
    first = made()
    first.is_ours.set()
    first.engine.is_down = True
    async with trio.open_nursery() as running:
        running.start_soon(first.run)
        await trio.testing.wait_all_tasks_blocked()
        first.append(*FACTS)
        assert await look_until(lambda: first.stored(4))
        running.cancel_scope.cancel()
    second = made(boot=7)  # its clock was set back
    second.is_ours.set()
    nursery.start_soon(second.run)
    await trio.testing.wait_all_tasks_blocked()
    second.append(FACTS[0])
    await second.published(1, boot=1001)

    begins = [each.boot for each in second.joined() if isinstance(each, Beginning)]
    assert begins == [1000, 1001]


async def test_what_nobody_takes_is_dropped_and_said_and_a_reader_is_told(made, nursery):
    log, reader = made(), LogJoiner("box")
    log.is_ours.set()
    nursery.start_soon(log.run)
    await trio.testing.wait_all_tasks_blocked()
    log.append(*FACTS)
    await log.published(4)
    log.joined(reader)
    log.engine.is_down = True
    log.publisher.outbox.most_bytes = 1
    for n in range(5, 8):
        log.append(PaneOutput(PANE, b"x"))
        assert await look_until(lambda n=n: log.stored(n))
    log.said.remove("the log waits: the engine: it is down")
    assert log.said[0] == "1 records of the log are dropped: nobody has taken them"
    log.engine.is_down = False
    await log.published(7)
    assert log.joined(reader) == []
    assert reader.place == (1000, 7)


async def test_a_disk_that_does_not_take_it_ends_it_with_one_line(made, tmp_path):
    (tmp_path / "outbox").write_bytes(b"")
    with pytest.raises(OmaError, match="cannot use"):
        await made().run()
