"""A live run on a machine without a tmux server: how it ends, and what of it is recorded."""

import os
import signal

import pytest
import trio

from oma.cli.cli_context import read_context
from oma.cli.live import Run, recording_for
from oma.cli.option_values import GlobalOptions
from oma.errors import RecordingError
from oma.model.events import MonitorStopped
from oma.runtime.monitor.recorder import Recorder
from tests.support.recorded import records


async def read_all(live):
    while await live.tail.receive():
        pass


async def end_at_once(live):
    live.scope.cancel()
    await read_all(live)


def a_run(frontend, **values):
    return Run(read_context(GlobalOptions()), frontend, samples_processes=False, **values)


def last_reason(path):
    event = records(path)[-1].event
    assert isinstance(event, MonitorStopped)
    return event.reason


async def test_a_frontend_ends_the_run_and_the_recording_is_complete(tmp_path):
    path = tmp_path / "f.jsonl"
    told = []

    async def undo():
        told.append("undone while the log was open")

    code = await a_run(end_at_once, record=recording_for(str(path)), on_shutdown=undo).run()

    assert (code, last_reason(path)) == (0, "stopped")
    assert told


async def test_a_run_lasts_no_longer_than_it_may():
    assert await a_run(read_all, duration_s=0.0).run() == 0


async def test_a_signal_ends_the_run_and_the_recording_says_which(tmp_path):
    path = tmp_path / "f.jsonl"

    async def frontend(live):
        os.kill(os.getpid(), signal.SIGTERM)
        await live.ending.wait()
        await read_all(live)

    run = a_run(frontend, record=recording_for(str(path)))
    assert await run.run() == 143
    assert (run.interrupted, last_reason(path)) == (signal.SIGTERM, "interrupted by SIGTERM")


async def test_an_output_that_nobody_reads_ends_the_run_after_the_recording(tmp_path):
    path = tmp_path / "f.jsonl"

    async def frontend(live):
        raise BrokenPipeError

    with pytest.raises(ExceptionGroup) as unread:
        await a_run(frontend, record=recording_for(str(path))).run()
    assert unread.group_contains(BrokenPipeError)
    assert last_reason(path) == "stopped"


@pytest.mark.parametrize("record_only", [True, False])
async def test_a_recording_that_fails_is_said_and_ends_what_only_records(
    tmp_path, monkeypatch, capsys, record_only
):
    failed = trio.Event()

    async def fail(recorder, header):
        failed.set()
        message = "the disk is full"
        with recorder.file:
            raise RecordingError(message)

    async def frontend(live):
        await failed.wait()
        await (read_all if record_only else end_at_once)(live)

    monkeypatch.setattr(Recorder, "run", fail)
    run = a_run(frontend, record=recording_for(str(tmp_path / "f.jsonl")), record_only=record_only)
    assert await run.run() == 1
    assert capsys.readouterr().err == "oma: the recording has ended: the disk is full\n"


def test_a_recording_is_never_written_over(tmp_path):
    (tmp_path / "f.jsonl").touch()

    assert recording_for(None) is None
    with pytest.raises(RecordingError):
        recording_for(str(tmp_path / "f.jsonl"))
