"""Processes of `oma` from a template that has imported it already; see `oma_template`."""

import functools
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence

import attrs
import trio

from tests.support.oma_template import LENGTH


@functools.cache
def _template() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.oma_template", str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
        )
    return ours, process


def end_template() -> None:
    """End the template, if there is one; what was forked from it lives on."""
    if _template.cache_info().currsize:
        ours, process = _template()
        ours.close()
        process.wait()
        _template.cache_clear()


@attrs.define(eq=False)
class Forked:
    """A process, with as much of `trio.Process` as the tests use."""

    pid: int
    stdout: trio.lowlevel.FdStream
    stderr: trio.lowlevel.FdStream
    _told: int
    _code: int | None = None
    _turn: trio.Lock = attrs.Factory(trio.Lock)

    @property
    def returncode(self) -> int | None:
        """How it ended, as `trio.Process` says it; None while it runs."""
        if self._code is None:
            try:
                told = os.read(self._told, 16)
            except BlockingIOError:
                return None
            os.close(self._told)
            self._code = int(told)
        return self._code

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    async def wait(self) -> int:
        """Wait until it has ended, and return how."""
        async with self._turn:
            while self.returncode is None:
                await trio.lowlevel.wait_readable(self._told)
        return self.returncode


def fork_with(words: bytes, descriptors: Sequence[int]) -> int:
    """Have the template fork for a request, with descriptors that are closed here; return the process id."""
    asked, _ = _template()
    socket.send_fds(asked, [len(words).to_bytes(LENGTH)], descriptors)
    asked.sendall(words)
    for descriptor in descriptors:
        os.close(descriptor)
    return int.from_bytes(asked.recv(LENGTH, socket.MSG_WAITALL))


def fork_oma(
    arguments: Sequence[object],
    environment: Mapping[str, str | os.PathLike[str]],
    folder: str | os.PathLike[str] = ".",
) -> Forked:
    """Start `oma` with these arguments and nothing on its standard input."""
    pipes = [os.pipe() for _ in range(3)]
    stdin = os.open(os.devnull, os.O_RDONLY)
    theirs = [stdin, *(write for _, write in pipes)]
    stdout, stderr, told = (read for read, _ in pipes)
    named = {name: os.fspath(value) for name, value in environment.items()}
    words = [list(map(str, arguments)), named, os.path.abspath(folder)]
    pid = fork_with(json.dumps(words).encode(), theirs)
    os.set_blocking(told, False)
    return Forked(pid, trio.lowlevel.FdStream(stdout), trio.lowlevel.FdStream(stderr), told)
