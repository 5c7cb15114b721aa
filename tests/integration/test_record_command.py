"""`oma record` and `--record`: where a recording goes, how it ends, and what it never disturbs."""

import json
import os
import signal
import stat
import subprocess
import sys

import pytest
import trio

from oma.model.events import MonitorStopped, PaneCaptured
from tests.support.oma_process import environment, oma, running_oma
from tests.support.patience import PATIENCE_S
from tests.support.recorded import events, records, until

pytestmark = pytest.mark.tmux


@pytest.fixture
def agent(tmux):
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    return tmux


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


async def test_a_recording_ends_after_its_duration_and_belongs_to_its_owner(agent, tmp_path):
    file = tmp_path / "f.jsonl"

    done = await oma("-S", agent.socket_path, "record", "-o", file, "--duration", "0.5")

    assert done.returncode == 0, done
    assert done.stdout == b""
    assert mode(file) == 0o600
    assert records(file)[-1].event == MonitorStopped("stopped")


@pytest.mark.parametrize("suffix", [".jsonl.gz", ".jsonl.zst"])
async def test_a_compressed_recording_replays_as_a_plain_one(agent, tmp_path, suffix):
    file = tmp_path / f"f{suffix}"
    async with running_oma("-S", agent.socket_path, "watch", "--json", "--record", file) as watch:
        await watch.transition(agent="oma-agent-a")

    again = await oma("replay", file, "--json")

    assert again.returncode == 0
    assert again.stdout.decode().splitlines() == watch.lines
    assert not file.read_bytes().startswith(b"{")


async def test_a_recording_may_be_a_stream(agent):
    done = await oma("-S", agent.socket_path, "record", "-o", "-", "--duration", "0.5")

    header, *lines = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 0
    assert header["format"] == "oma-recording"
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_an_interrupted_recording_is_whole_and_the_command_has_done_its_work(
    agent, tmp_path, number
):
    file = tmp_path / "f.jsonl"
    async with running_oma("-S", agent.socket_path, "record", "-o", file) as record:
        await until(lambda: events(file, PaneCaptured))
        assert await record.end(number) == 0

    assert records(file)[-1].event == MonitorStopped(f"interrupted by {number.name}")


@pytest.mark.parametrize("command", ["record -o", "watch --record"])
async def test_what_exists_is_never_written_over(agent, tmp_path, command):
    file = tmp_path / "f.jsonl"
    file.write_text("precious")

    done = await oma("-S", agent.socket_path, *command.split(), file)

    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == f"oma: {file}: exists; choose another name\n"
    assert file.read_text() == "precious"


async def test_a_place_that_cannot_be_written_is_refused_at_once(agent, tmp_path):
    done = await oma("-S", agent.socket_path, "record", "-o", tmp_path / "no" / "f.jsonl")

    assert done.returncode == 1
    assert done.stderr.endswith(b"No such file or directory\n")
    assert done.stderr.count(b"\n") == 1


async def test_a_recording_that_cannot_go_on_ends_loudly_and_the_watch_goes_on(agent, tmp_path):
    file = tmp_path / "f.jsonl"
    # A file may not grow beyond so many blocks: for the one who writes it, a full disk.
    limited = ["sh", "-c", 'ulimit -f 64; exec "$@"', "sh"]
    async with running_oma(
        *("-S", agent.socket_path, "watch", "--json", "--record", file), wrapped_in=limited
    ) as watch:
        await watch.transition(agent="oma-agent-a", to="ok")
        agent.run("new-session", "-d", "-s", "oma-agent-flood", "read go; seq 100000; cat")
        await watch.transition(agent="oma-agent-flood", to="ok")
        agent.run("send-keys", "-t", "oma-agent-flood", "Enter")
        await until(lambda: watch.errors)
        agent.run("new-session", "-d", "-s", "oma-agent-later", "cat")
        await watch.transition(agent="oma-agent-later", to="ok")
        await watch.end(signal.SIGINT)

    said = watch.errors.decode()
    assert said.startswith(f"oma: the recording has ended: cannot write {file}: ")
    assert said.count("\n") == 1
    assert records(file)


async def test_a_recording_that_nobody_takes_ends_with_a_word(agent):
    full = ["sh", "-c", 'exec "$@" > /dev/full', "sh"]

    done = await oma("-S", agent.socket_path, "record", "-o", "-", wrapped_in=full)

    assert done.returncode == 1
    assert b"cannot write stdout: No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


async def test_a_recording_is_completed_when_nobody_reads_the_watch_any_more(agent, tmp_path):
    file = tmp_path / "f.jsonl"
    read, write = os.pipe()
    watch = await trio.lowlevel.open_process(
        [sys.executable, "-m", "oma", "-S", agent.socket_path, "watch", "--record", str(file)],
        stdin=subprocess.DEVNULL,
        stdout=write,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    os.close(write)
    await until(lambda: events(file, PaneCaptured))
    os.close(read)
    agent.run("new-session", "-d", "-s", "oma-agent-b", "cat")
    with trio.fail_after(PATIENCE_S):
        said = b"".join([data async for data in watch.stderr])
        assert await watch.wait() == 0

    assert said == b""
    assert isinstance(records(file)[-1].event, MonitorStopped)
