import os
import sys

import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from oma.runtime.stdout import until_nobody_reads, write_stdout


@pytest.fixture
def pipe(monkeypatch):
    """Give a function that puts a pipe in the place of standard output, and returns its reader."""
    streams = []

    def piped():
        # Not before the test runs: pytest has standard output of its own for each phase.
        reader, writer = os.pipe()
        streams.append(os.fdopen(writer, "w"))
        monkeypatch.setattr(sys, "stdout", streams[0])
        return reader

    yield piped
    for stream in streams:
        stream.close()


async def test_a_text_is_written_at_once(pipe):
    reader = pipe()
    await write_stdout("hello\n")

    assert os.read(reader, 100) == b"hello\n"
    os.close(reader)


async def test_that_nobody_reads_any_more_is_noticed(pipe):
    reader, noticed = pipe(), []

    async def wait():
        try:
            await until_nobody_reads()
        except BrokenPipeError:
            noticed.append(True)

    async with trio.open_nursery() as nursery:
        nursery.start_soon(wait)
        await wait_all_tasks_blocked()
        assert noticed == []
        os.close(reader)

    assert noticed == [True]


async def test_where_it_is_no_pipe_nobody_is_waited_for(tmp_path, monkeypatch):
    with open(tmp_path / "file", "w") as file:  # noqa: ASYNC230
        monkeypatch.setattr(sys, "stdout", file)

        await until_nobody_reads()
