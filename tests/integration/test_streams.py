"""A recording that is read as it is written: through a pipe, in lines and in the dashboard."""

import json
import os
import shlex
import subprocess
import sys

import pytest
import trio

from tests.support.dashboard_pane import start_dashboard
from tests.support.oma_process import environment
from tests.support.patience import PATIENCE_S

pytestmark = pytest.mark.tmux

OMA = (sys.executable, "-m", "oma")


@pytest.fixture
def agent(tmux):
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    return tmux


def recording(tmux):
    """The command that writes a recording of this server to a pipe."""
    return shlex.join([*OMA, "-S", tmux.socket_path, "record", "-o", "-"])


async def shell(command):
    return await trio.lowlevel.open_process(
        ["bash", "-c", command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )


async def test_a_replay_of_a_pipe_tells_of_each_change_as_it_comes(agent):
    replay = shlex.join([*OMA, "replay", "-", "--json"])
    process = await shell(f"{recording(agent)} | {replay}")
    told = b""

    async def until(health):
        nonlocal told
        while f'"to": "{health}"'.encode() not in told:
            told += await process.stdout.receive_some()

    with trio.fail_after(PATIENCE_S):
        await until("ok")
        agent.run("kill-session", "-t", "=oma-agent-a:")
        await until("exited")
        assert process.poll() is None
        # Nobody reads any more: replay and recorder notice, though no agent says anything.
        await process.stdout.aclose()
        await process.wait()
    assert (await process.stderr.receive_some()) == b""


async def test_a_recorder_whose_reader_is_gone_ends_beside_silent_agents(agent):
    process = await shell(f"{recording(agent)} | head -n 1; echo ${{PIPESTATUS[0]}}")

    with trio.fail_after(PATIENCE_S):
        said = b"".join([part async for part in process.stdout])
        await process.wait()

    header, code = said.splitlines()
    assert json.loads(header)["format"] == "oma-recording"
    assert code == b"0"
    assert await process.stderr.receive_some() == b""


async def test_what_is_no_recording_is_refused_under_the_name_of_stdin():
    process = await shell("echo hello | " + shlex.join([*OMA, "replay", "-", "--json"]))
    with trio.fail_after(PATIENCE_S):
        said = b"".join([part async for part in process.stderr])
        assert await process.wait() == 1

    assert said.startswith(b"oma: stdin")


@pytest.fixture
async def recorded(agent, tmp_path):
    """Give a recorder that writes to a pipe with a name, and the name."""
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    process = await shell(f"exec {recording(agent)} >{fifo}")
    yield process, fifo
    if process.returncode is None:
        process.kill()
        await process.wait()


async def test_the_dashboard_follows_a_pipe_and_answers_keys_meanwhile(agent, recorded, tmp_path):
    """As in `oma replay <(ssh host oma record -o -)`; nothing comes from silent agents."""
    recorder, fifo = recorded
    pane = start_dashboard(agent, tmp_path, "replay", fifo)
    await pane.sees(" a ", " live", "OK")

    asks = "read -p 'Do you want to go on? [y/N] ' x"
    agent.run("new-session", "-d", "-s", "oma-agent-b", asks)
    await pane.sees(" b ", "WAITING")
    pane.press("Space")
    await pane.sees("paused")
    pane.press("e")
    await pane.sees(" live")
    pane.press("q")

    assert (await pane.left())[0] == 0
    with trio.fail_after(PATIENCE_S):
        assert await recorder.wait() == 0


@pytest.mark.slow
async def test_keys_come_from_the_terminal_when_the_recording_comes_on_stdin(
    agent, recorded, tmp_path
):
    _, fifo = recorded
    pane = start_dashboard(agent, tmp_path, "replay", "-", before=f"exec <{fifo}")
    await pane.sees(" a ", " live")

    pane.press("q")

    assert (await pane.left())[0] == 0
