import stat

import pytest
import trio

from oma.model.events import MonitorStopped, PaneOutput
from oma.model.standing import AgentsStand
from oma.runtime.service import history_writer
from oma.runtime.service.changes_file import read_noted
from oma.runtime.service.history_directory import HistoryDirectory
from oma.runtime.service.history_writer import HistoryWriter, keep_history
from oma.runtime.service.summary_file import read_summary
from oma.summary.log_summary import summarise
from tests.support.fleet_play import PANE
from tests.support.patience import look_until
from tests.support.recorded import records
from tests.support.service_store import HEADER, a_store


@pytest.fixture
def directory(tmp_path, monkeypatch):
    monkeypatch.setattr(history_writer, "GATHER_S", 0.0)
    return HistoryDirectory(tmp_path / "history", "ab12")


def paths(directory):
    return [directory.path / segment.name for segment in directory.segments()]


async def test_recordings_follow_one_another_without_a_hole(directory, monkeypatch):
    store, said, now_s = a_store(), [], [1_800_000_000.0]
    writer = HistoryWriter(directory, HEADER, store, 1e6, 10**9, lambda: now_s[0])
    async with trio.open_nursery() as nursery:
        nursery.start_soon(keep_history, writer, said.append)
        assert await look_until(lambda: paths(directory) and records(paths(directory)[0]))
        store.append(PaneOutput(PANE, b"one"))
        assert await look_until(lambda: has(paths(directory)[0], b"one"))
        now_s[0] += 3601.0
        store.append(PaneOutput(PANE, b"two"))
        assert await look_until(
            lambda: len(paths(directory)) == 2 and records(paths(directory)[1])
        )
        store.append(PaneOutput(PANE, b"three"))
        store.append(MonitorStopped("over"))
        store.close()

    first, second = paths(directory)
    assert (read_summary(first), read_summary(second)) == (summarise(read_noted(first)), None)
    assert has(first, b"two")
    assert has(second, b"three")
    assert any(isinstance(record.event, AgentsStand) for record in records(second))
    assert records(second)[-1].event == MonitorStopped("over")
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert said == []


def has(path, data):
    return any(record.event == PaneOutput(PANE, data) for record in records(path))


async def test_a_place_that_cannot_be_written_ends_the_history_and_nothing_else(tmp_path):
    (tmp_path / "file").touch()
    said = []
    writer = HistoryWriter(HistoryDirectory(tmp_path / "file", "a"), HEADER, a_store(), 1.0, 10**9)

    await keep_history(writer, said.append)

    assert "no history is kept from now on: cannot make" in said[0]
