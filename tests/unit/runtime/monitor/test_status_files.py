"""When the log is told what agents say in their status files."""

import json
import os
import time

import pytest
import trio

from oma.model.events import SessionOpened
from oma.model.health import Health
from oma.runtime.monitor import status_files
from oma.runtime.monitor.status_files import (
    FIND_AGAIN_S,
    READ_EVERY_S,
    StatusFileReader,
    follow_status_files,
)
from oma.store.store import Store
from tests.support.fleet_play import SESSION, captured, empty, sampled, seen

PID = os.getpid()


@pytest.fixture
def path(tmp_path, monkeypatch):
    """Give the status file of the process that all agents of the test are taken to be."""
    monkeypatch.setattr(status_files, "find_status_file", lambda _kind, _pid: tmp_path / "1.json")
    return tmp_path / "1.json"


@pytest.fixture(autouse=True)
def reads_at_once(monkeypatch):
    """A clock that jumps does not wait for threads."""

    async def run(work, *args, abandon_on_cancel):
        await trio.lowlevel.checkpoint()
        assert abandon_on_cancel
        return work(*args)

    monkeypatch.setattr(trio.to_thread, "run_sync", run)


def write(path, status, **more):
    told = {"pid": PID, "startedAt": time.time() * 1000, "status": status, **more}
    path.write_text(json.dumps(told))


def a_store(command="claude"):
    store = Store(empty().fleet, trio.current_time)
    opened = SessionOpened(SESSION, "oma-agent-a")
    for event in (opened, seen(command=command), sampled((command,), pid=PID), captured(b"hi")):
        store.append(event)
    return store


def logged(store):
    return [(told.state, told.detail) for _, _, told in store.status_files.values() if told]


async def test_what_a_file_says_is_logged_once_and_again_when_it_changes(path):
    store, reader = a_store(), StatusFileReader()
    write(path, "busy")
    await reader.read_into(store)
    assert logged(store) == [("working", "")]

    before = store.seq
    await reader.read_into(store)
    assert store.seq == before

    write(path, "waiting", waitingFor="permission prompt")
    await reader.read_into(store)
    assert logged(store) == [("waiting", "permission prompt")]
    assert store.state.agents[0].verdict.health is Health.WAITING

    path.unlink()
    await reader.read_into(store)
    assert logged(store) == [("", "")]


async def test_it_is_logged_how_long_before_the_file_was_written(path):
    store = a_store()
    write(path, "idle")
    os.utime(path, (time.time() - 60, time.time() - 60))

    await StatusFileReader().read_into(store)

    (told,) = [told for _, _, told in store.status_files.values()]
    assert 60 <= told.age_s < 120


async def test_a_file_that_is_not_there_and_an_agent_that_keeps_none_are_not_logged(path):
    store, other = a_store(), a_store("codex")
    before = store.seq, other.seq
    write(path.with_name("2.json"), "busy")

    await StatusFileReader().read_into(store)
    await StatusFileReader().read_into(other)

    assert (store.seq, other.seq) == before
    assert other.status_files == {}


async def test_another_process_in_the_pane_is_not_told_by_the_file_of_the_one_before(path):
    store, reader = a_store(), StatusFileReader()
    write(path, "waiting")
    await reader.read_into(store)

    store.append(sampled(("claude",), pid=PID + 1))
    assert store.state.agents[0].verdict.health is not Health.WAITING

    await reader.read_into(store)  # the file is of another process
    assert logged(store) == [("waiting", "")]


async def test_a_file_that_is_nowhere_to_be_found_is_looked_for_now_and_then(
    monkeypatch, autojump_clock
):
    looked = []
    monkeypatch.setattr(status_files, "find_status_file", lambda *each: looked.append(each))
    store, reader = a_store(), StatusFileReader()

    for _ in range(3):
        await reader.read_into(store)
    assert looked == [("claude", PID)]

    await trio.sleep(FIND_AGAIN_S)
    await reader.read_into(store)
    assert len(looked) == 2


async def test_files_are_read_while_something_happens_and_once_more_after_it(path, autojump_clock):
    store = a_store()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(follow_status_files, store)
        await trio.sleep(READ_EVERY_S / 2)
        write(path, "busy")
        await trio.sleep(READ_EVERY_S)
        assert logged(store) == [("working", "")]

        await trio.sleep(100.0)
        write(path, "idle")
        await trio.sleep(100.0)
        assert logged(store) == [("working", "")]

        store.append(seen(command="claude", title="x"))
        await trio.testing.wait_all_tasks_blocked()
        assert logged(store) == [("idle", "")]
        nursery.cancel_scope.cancel()
