import io
import threading

import attrs
import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from oma.errors import RecordingError
from oma.model.events import PaneOutput, SessionOpened
from oma.model.health import Health
from oma.recording.files import RecordingFile
from oma.recording.reader import RecordingReader
from oma.recording.recording_format import Header
from oma.runtime.monitor.recorder import FLUSH_S, Recorder
from oma.store.store import Store
from tests.support.fleet_play import PANE, SESSION, captured, empty, seen

HEADER = Header(1, "2026-01-01T00:00:00.000000Z", "3.3a", "test", {}, {})


class Kept(io.BytesIO):
    """A stream in memory, whose methods a test can replace."""


@attrs.define
class Recording:
    """A log, and the recorder of it."""

    nursery: trio.Nursery
    stream: Kept = attrs.Factory(Kept)
    store: Store = attrs.Factory(lambda: Store(empty().fleet, trio.current_time))
    failure: str | None = None
    ended: trio.Event = attrs.Factory(trio.Event)

    async def begin(self, tail=None):
        recorder = Recorder(
            RecordingFile.over(self.stream, "r"), self.store.tail() if tail is None else tail
        )
        self.nursery.start_soon(self._run, recorder)
        await trio.sleep(1)

    async def _run(self, recorder):
        try:
            await recorder.run(HEADER)
        except RecordingError as error:
            self.failure = str(error)
        self.ended.set()

    async def end(self):
        self.store.close()
        await self.ended.wait()
        return self.records

    @property
    def records(self):
        lines = self.stream.getvalue().splitlines(keepends=True)
        return [record.event for record in RecordingReader([lines], "r")] if lines else None


async def at_once(function, *arguments):
    """As a worker thread that is done at once: the fake clock waits for no thread."""
    await trio.lowlevel.checkpoint()
    return function(*arguments)


@pytest.fixture
def recording(nursery, monkeypatch):
    monkeypatch.setattr(trio.to_thread, "run_sync", at_once)
    return Recording(nursery)


async def test_every_record_is_in_the_file_when_the_log_ends(recording, autojump_clock):
    await recording.begin()
    events = [SessionOpened(SESSION, "oma-a"), seen(idle_s=0.0), PaneOutput(PANE, b"hello")]
    for event in events:
        recording.store.append(event)

    assert await recording.end() == events
    assert recording.failure is None


async def test_the_header_is_written_before_anything_happens(recording, autojump_clock):
    await recording.begin()

    assert recording.records == []


async def test_what_was_printed_reaches_the_file_within_a_moment(recording, autojump_clock):
    await recording.begin()
    recording.store.append(SessionOpened(SESSION, "oma-a"))
    recording.store.append(seen(idle_s=0.0))
    await trio.sleep(FLUSH_S / 2)
    recording.store.append(PaneOutput(PANE, b"hello"))
    await trio.sleep(FLUSH_S / 2 + 0.05)

    assert PaneOutput(PANE, b"hello") in recording.records


async def test_a_transition_reaches_the_file_at_once(recording, autojump_clock):
    await recording.begin()
    recording.store.append(SessionOpened(SESSION, "oma-a"))
    recording.store.append(seen(idle_s=0.0))
    recording.store.append(captured())
    await trio.sleep(10)
    before = len(recording.records)
    recording.store.append(seen(dead=True, dead_status=1, idle_s=0.0))
    assert recording.store.state.agents[0].verdict.health is Health.EXITED
    for _ in range(50):
        await wait_all_tasks_blocked()

    assert len(recording.records) > before


async def test_a_log_that_was_faster_than_the_disk_ends_the_recording_loudly(
    recording, autojump_clock
):
    tail = recording.store.tail(capacity_steps=2)
    for number in range(4):
        recording.store.append(PaneOutput(PANE, b"%d" % number))

    await recording.begin(tail)

    assert recording.failure == "the recording ends here: the disk was too slow for the output"
    assert recording.records == [PaneOutput(PANE, b"0"), PaneOutput(PANE, b"1")]


async def test_a_disk_that_fails_ends_the_recording_and_nothing_else(recording, autojump_clock):
    await recording.begin()
    recording.stream.write = _no_space
    recording.store.append(PaneOutput(PANE, b"x"))
    await recording.ended.wait()

    assert "No space left" in recording.failure
    recording.store.append(PaneOutput(PANE, b"y"))


def _no_space(data):
    raise OSError(28, "No space left on device")


async def test_the_loop_goes_on_while_the_disk_is_slow(nursery):
    recording, released, told = Recording(nursery), threading.Event(), []

    def slow(data):
        told.append(released.wait(60))
        return len(data)

    recording.stream.write = slow
    nursery.start_soon(recording.begin)
    await wait_all_tasks_blocked()
    released.set()
    recording.store.close()
    await recording.ended.wait()

    assert told
    assert all(told)
