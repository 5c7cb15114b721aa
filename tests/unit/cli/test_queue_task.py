"""One process sends what is queued for a tmux server."""

import os

import attrs
import pytest
import trio

from oma.cli import queue_task
from oma.cli.cli_context import read_context
from oma.cli.one_keeper import TRY_EVERY_S
from oma.cli.option_values import GlobalOptions
from oma.cli.queue_task import is_sent, queue_file, send_queue, send_queued
from oma.errors import ConfigError, OmaError


@attrs.frozen
class Live:
    """A run, as far as it matters."""

    clock: object


@attrs.frozen
class Clock:
    """Its clock."""

    now_s: object = trio.current_time


@pytest.fixture
def context(tmp_path, monkeypatch):
    """Give a context whose files are in directories of the test's own."""
    (tmp_path / "run").mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    monkeypatch.setattr(queue_task, "live_controller", lambda context, live: None)
    return read_context(GlobalOptions(socket_path="/s"))


@pytest.fixture
def running(monkeypatch):
    """Give the senders that run."""
    running = []

    async def run(sender):
        running.append(sender)
        await trio.sleep_forever()

    monkeypatch.setattr(queue_task.QueueSender, "run", run)
    return running


def test_the_queue_outlives_the_server(context, tmp_path):
    path = queue_file(context).file.path
    assert path.parent == tmp_path / ".local" / "state" / "oma" / "queue"
    assert queue_file(context).file.path == path


def test_without_a_home_there_is_no_queue(context, monkeypatch):
    monkeypatch.delitem(os.environ, "HOME")
    with pytest.raises(ConfigError, match="no queue"):
        queue_file(context)


async def test_one_sends_and_the_next_one_when_that_has_ended(context, running, autojump_clock):
    assert not is_sent(context)
    live = Live(Clock())
    async with trio.open_nursery() as both:
        first = trio.CancelScope()

        async def send_until_then():
            with first:
                await send_queued(context, live)

        both.start_soon(send_until_then)
        await trio.sleep(0.1)
        both.start_soon(send_queue, context, live, print)
        await trio.sleep(3 * TRY_EVERY_S)
        assert len(running) == 1
        assert is_sent(context)
        first.cancel()
        await trio.sleep(2 * TRY_EVERY_S)
        assert len(running) == 2
        both.cancel_scope.cancel()


async def test_what_keeps_it_from_sending_is_said(context, monkeypatch, capsys):
    async def run(sender):
        raise OmaError("no place")

    monkeypatch.setattr(queue_task.QueueSender, "run", run)
    await send_queued(context, Live(Clock()))
    assert capsys.readouterr().err == "oma: nothing that is queued is sent: no place\n"
