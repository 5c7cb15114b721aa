"""Runs the real `oma` as a process of its own and reads what it prints."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import attrs
import trio
from trio.abc import ReceiveStream

from oma.runtime.client.tmux_binary import VARIABLE
from tests.support.forked_oma import Forked, fork_oma
from tests.support.patience import PATIENCE_S, look_until


def environment(**extra: str) -> dict[str, str]:
    """The environment of a user without tmux, configuration or colours."""
    left = {k: v for k, v in os.environ.items() if not k.startswith(("TMUX", "OMA", "XDG"))}
    kept = left | {k: v for k, v in os.environ.items() if k == VARIABLE}
    return kept | nowhere(extra) | {"PYTHONUNBUFFERED": "1"} | extra


def nowhere(extra: Mapping[str, str]) -> dict[str, str]:
    """The variables of a user without a home, unless `extra` has one.

    Below a file nothing can be made, by root neither: a service would leave its history there.
    """
    return {} if "HOME" in extra else {"HOME": "/nonexistent", "XDG_STATE_HOME": "/dev/null"}


def _read_as_python_starts(name: str) -> bool:
    return name.startswith(("PYTHON", "LC_", "LANG"))


async def _start(
    arguments: Sequence[object], wrapped_in: Sequence[str], extra: Mapping[str, str]
) -> Forked | trio.Process:
    if not wrapped_in and not any(map(_read_as_python_starts, extra)):
        return fork_oma(arguments, environment(**extra))
    return await trio.lowlevel.open_process(
        [*wrapped_in, sys.executable, "-m", "oma", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(**extra),
    )


def _outputs(process: Forked | trio.Process) -> tuple[ReceiveStream, ReceiveStream]:
    """Return its standard output and standard error, which are pipes."""
    assert process.stdout is not None
    assert process.stderr is not None
    return process.stdout, process.stderr


async def ended(process: Forked | trio.Process) -> None:
    """See to it that it is gone, whatever happened."""
    if process.returncode is None:
        process.kill()
    with trio.CancelScope(shield=True):
        await process.wait()
        for stream in _outputs(process):
            await stream.aclose()


async def oma(
    *arguments: object, wrapped_in: Sequence[str] = (), **extra: str
) -> subprocess.CompletedProcess[bytes]:
    """Run one command to its end."""
    said: dict[str, bytes] = {}

    async def read(name: str, stream: ReceiveStream) -> None:
        said[name] = b"".join([data async for data in stream])

    process = await _start(arguments, wrapped_in, extra)
    try:
        with trio.fail_after(PATIENCE_S):
            async with trio.open_nursery() as nursery:
                stdout, stderr = _outputs(process)
                nursery.start_soon(read, "stdout", stdout)
                nursery.start_soon(read, "stderr", stderr)
                code = await process.wait()
    finally:
        await ended(process)
    return subprocess.CompletedProcess([*map(str, arguments)], code, **said)


@attrs.define
class OmaProcess:
    """A running `oma … --json`; every line it prints is kept."""

    process: Forked | trio.Process
    lines: list[str] = attrs.Factory(list)
    errors: bytes = b""
    _news: trio.Event = attrs.Factory(trio.Event)
    _taken: set[int] = attrs.Factory(set)

    async def read(self) -> None:
        stdout, stderr = _outputs(self.process)
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._read_errors, stderr)
            rest = b""
            async for data in stdout:
                *lines, rest = (rest + data).split(b"\n")
                self.lines += [line.decode() for line in lines]
                self._news.set()
                self._news = trio.Event()

    async def _read_errors(self, stderr: ReceiveStream) -> None:
        async for data in stderr:
            self.errors += data

    async def transition(self, **wanted: object) -> dict[str, Any]:
        """Wait for a transition with these fields that was not returned before."""
        wanted = {key.rstrip("_"): value for key, value in wanted.items()}
        with trio.move_on_after(PATIENCE_S):
            while True:
                for index, line in enumerate(self.lines):
                    found: dict[str, Any] = json.loads(line)
                    fits = all(found[key] == value for key, value in wanted.items())
                    if fits and index not in self._taken:
                        self._taken.add(index)
                        return found
                await self._news.wait()
        message = f"no transition {wanted} in {self.lines}; errors: {self.errors!r}"
        raise AssertionError(message)

    async def said(self, words: bytes) -> None:
        """Wait until it has said this on stderr."""
        if not await look_until(lambda: words in self.errors):
            raise AssertionError(f"{words!r} was not said: {self.errors!r}")

    async def end(self, number: int = signal.SIGINT) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(number)
        with trio.fail_after(PATIENCE_S):
            return await self.process.wait()


@asynccontextmanager
async def running_oma(
    *arguments: object, wrapped_in: Sequence[str] = (), **extra: str
) -> AsyncIterator[OmaProcess]:
    """Run `oma` until the block ends; it is gone then, whatever happened."""
    process = await _start(arguments, wrapped_in, extra)
    running = OmaProcess(process)
    try:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(running.read)
            yield running
            if process.returncode is None:
                await running.end()
    except BaseException as error:
        error.add_note(f"oma ended with {process.returncode} and said {running.errors!r}")
        raise
    finally:
        await ended(process)
