import os
import signal
import subprocess

import pytest

from oma.runtime.agents.input_writer import PaneInput
from oma.runtime.agents.stop import stop_program
from oma.runtime.client.tmux_client import TmuxClient
from oma.tmux.address import ServerAddress
from tests.support.wire_events import listed

CLIENT = TmuxClient(ServerAddress(socket_name="x"))
INTO = PaneInput(CLIENT, "%1", raw=False)


@pytest.fixture
def program():
    process = subprocess.Popen(["sleep", "1000"])
    yield process
    process.kill()
    process.wait()


async def test_a_program_that_goes_on_is_asked_twice_by_key_and_then_by_signal(tmux, program):
    tmux.says("list-panes", listed(dead="0") + "\n")

    assert not await stop_program(INTO, program.pid, 0.0)

    assert tmux.typed == [("%1", "\x03"), ("%1", "\x03")]
    assert program.wait() == -signal.SIGTERM


@pytest.mark.parametrize("listed", [listed(dead="1") + "\n", ""])
async def test_a_program_that_has_ended_is_not_asked(tmux, program, listed):
    tmux.says("list-panes", listed)

    assert await stop_program(INTO, program.pid, 4.0)

    assert tmux.typed == []
    assert program.poll() is None


async def test_a_process_that_is_gone_has_ended_whatever_tmux_says(tmux, program):
    tmux.says("list-panes", listed(dead="0") + "\n")
    os.kill(program.pid, signal.SIGKILL)
    program.wait()

    assert await stop_program(INTO, program.pid, 0.0)
