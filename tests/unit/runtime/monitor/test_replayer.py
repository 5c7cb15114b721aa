import threading

import pytest
import trio

from oma.errors import RecordingError
from oma.model.events import PaneOutput, Record
from oma.runtime.monitor import replayer
from oma.runtime.monitor.replayer import Replayer
from tests.support.fleet_play import PANE


class Taken(list):
    """A history that only keeps what it is given."""

    def take(self, record):
        self.append(record)


def records(count):
    return [Record(n + 1, float(n), PaneOutput(PANE, b"x")) for n in range(count)]


async def test_every_record_is_read_in_its_order():
    reading = Replayer(Taken())

    await reading.read(iter([records(100)[:30], records(100)[30:]]))

    assert reading.history == records(100)
    assert (reading.done, reading.failed) == (True, None)


async def test_what_is_damaged_ends_it_and_what_was_read_before_stays():
    def damaged():
        yield records(3)
        raise RecordingError("line 5: not a record")

    reading = Replayer(Taken())
    await reading.read(damaged())

    assert len(reading.history) == 3
    assert (reading.done, reading.failed) == (True, "line 5: not a record")


@pytest.mark.parametrize(("slice_s", "turns"), [(0.0, True), (3600.0, False)])
async def test_others_get_their_turn_between_slices(monkeypatch, slice_s, turns):
    monkeypatch.setattr(replayer, "SLICE_S", slice_s)
    reading, seen = Replayer(Taken()), []

    async def look():
        while not reading.done:
            seen.append(len(reading.history))
            await trio.lowlevel.checkpoint()

    async with trio.open_nursery() as nursery:
        nursery.start_soon(look)
        nursery.start_soon(reading.read, iter([records(1000)]))

    assert any(0 < count < 1000 for count in seen) is turns


async def test_a_stream_that_says_nothing_delays_nobody_and_is_left_when_cancelled():
    """The thread that reads waits for good; whoever is told of records is told once."""
    more, asked = threading.Event(), threading.Event()

    def stream():
        yield records(1)
        asked.set()
        more.wait()

    reading = Replayer(Taken())
    try:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(reading.read, stream())
            await reading.came()
            assert len(reading.history) == 1
            assert not reading.done
            with trio.move_on_after(0) as told_again:
                await reading.came()
            await trio.to_thread.run_sync(asked.wait)
            nursery.cancel_scope.cancel()
    finally:
        more.set()
    assert told_again.cancelled_caught


async def test_the_end_of_a_stream_is_told_of():
    reading = Replayer(Taken())

    async with trio.open_nursery() as nursery:
        nursery.start_soon(reading.read, iter([]))
        await reading.came()

    assert reading.done
