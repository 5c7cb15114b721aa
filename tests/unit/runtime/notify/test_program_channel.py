import os
import sys

import psutil
import pytest
import trio

from oma.errors import NotifyError
from oma.runtime.notify import program_channel
from oma.runtime.notify.program_channel import ProgramChannel, run_program
from tests.support.patience import look_until

COPY = "import sys; open(sys.argv[1], 'w').write(sys.stdin.read() + sys.argv[2])"

KILLED = """
import os, signal, sys, trio
from oma.runtime.notify.program_channel import run_program

async def be_killed(*_):
    os.kill(os.getpid(), signal.SIGKILL)

trio.lowlevel.FdStream.send_all = be_killed
trio.run(run_program, sys.argv[1:], b"document")
"""
"""Is killed when it would write to a program that has begun."""


def python(*words):
    return (sys.executable, "-IS", "-c", *words)


async def test_a_program_gets_the_document_and_its_words_as_they_are(message, tmp_path):
    file = tmp_path / "out"
    channel = ProgramChannel("command", python(COPY, str(file), "$HOME; `x` #{pid}"))

    assert await channel.send(message) == sys.executable
    assert file.read_text() == '{"kind": "news"}\n$HOME; `x` #{pid}'


async def test_a_program_gets_more_than_a_pipe_takes(tmp_path):
    file, given = tmp_path / "out", b"x" * (1 << 21)

    await run_program(python(COPY, str(file), "."), given)

    assert file.read_bytes() == given + b"."


async def test_a_program_gets_the_document_also_where_we_are_killed(tmp_path):
    file = tmp_path / "out"
    argv = [sys.executable, "-c", KILLED, *python(COPY, str(file), ".")]

    done = await trio.run_process(argv, check=False)

    assert (done.returncode, file.read_text()) == (0, "document.")


def test_a_pipe_that_cannot_be_filled_is_closed_at_both_ends(monkeypatch):
    ends = []
    pipe = os.pipe

    def made():
        ends.extend(pipe())
        return tuple(ends)

    def fail(*_):
        raise OSError("no")

    with monkeypatch.context() as patched:
        patched.setattr(program_channel.os, "pipe", made)
        patched.setattr(program_channel.os, "write", fail)
        with pytest.raises(OSError, match="no"), program_channel._filled(b"x"):
            pass

    for end in ends:
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(end)


async def test_a_sound_gets_nothing(message, tmp_path):
    file = tmp_path / "out"

    await ProgramChannel("sound", python(COPY, str(file), "."), gets_document=False).send(message)

    assert file.read_text() == "."


@pytest.mark.parametrize(
    ("argv", "complaint"),
    [
        ((), "names no program"),
        (("/nonexistent/program",), "cannot run '/nonexistent/program': No such file"),
        (("a\0b",), "cannot run"),
        (python("raise SystemExit(3)"), "ended with status 3"),
    ],
)
async def test_a_program_that_fails_is_said(argv, complaint):
    with pytest.raises(NotifyError, match=complaint):
        await run_program(argv)


async def test_a_program_that_hangs_is_ended_with_its_children(tmp_path):
    file = tmp_path / "pid"
    script = (
        "import subprocess, sys; c = subprocess.Popen(['sleep', '600']);"
        "open(sys.argv[1], 'w').write(str(c.pid) + '\\n'); c.wait()"
    )
    async with trio.open_nursery() as nursery:
        nursery.start_soon(run_program, python(script, str(file)))
        await look_until(lambda: file.exists() and file.read_text().endswith("\n"))
        nursery.cancel_scope.cancel()

    child = int(file.read_text())
    assert await look_until(lambda: not _runs(child))


def _runs(pid):
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
