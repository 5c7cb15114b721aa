import trio

from oma.model.events import PaneOutput, Record
from oma.model.standing import AgentsStand, WatchBegan
from oma.recording.reader import RecordingReader
from oma.runtime.log_encoder import LogEncoder
from oma.store.tail import TailStep
from tests.support.fleet_play import PANE
from tests.support.service_store import HEADER, a_store


async def test_it_is_a_recording_that_begins_now(autojump_clock):
    store = a_store()
    await trio.sleep(5.0)
    encoder = LogEncoder(HEADER, store)

    data = encoder.begun("2026-02-02T00:00:00Z")
    data += encoder.told([TailStep(Record(99, store.t + 1.5, PaneOutput(PANE, b"x")), ())])

    reader = RecordingReader([data.splitlines(keepends=True)], "x")
    records = list(reader)
    assert (reader.header.started_at, reader.header.tmux) == ("2026-02-02T00:00:00Z", "3.3a")
    assert records[0].event == WatchBegan(restored=True)
    assert isinstance(records[-3].event, AgentsStand)
    (change,) = records[-2].event.changes
    assert (change.name, change.health, change.ago_s) == ("oma-agent-1", "ok", 5.0)
    assert records[-1] == Record(len(records), 1.5, PaneOutput(PANE, b"x"))
