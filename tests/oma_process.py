"""Runs the real `oma` as a process of its own and reads what it prints."""

import json
import os
import signal
import subprocess
import sys
from contextlib import asynccontextmanager

import attrs
import trio

from oma.runtime.client.tmux_binary import VARIABLE
from tests.patience import PATIENCE_S


def environment(**extra):
    """The environment of a person without tmux, configuration or colours."""
    left = {k: v for k, v in os.environ.items() if not k.startswith(("TMUX", "OMA", "XDG"))}
    kept = left | {k: v for k, v in os.environ.items() if k == VARIABLE}
    return kept | {"HOME": "/nonexistent", "PYTHONUNBUFFERED": "1"} | extra


async def oma(*arguments, wrapped_in=(), **extra):
    """Run one command to its end."""
    with trio.fail_after(PATIENCE_S):
        return await trio.run_process(
            [*wrapped_in, sys.executable, "-m", "oma", *map(str, arguments)],
            capture_stdout=True,
            capture_stderr=True,
            check=False,
            stdin=subprocess.DEVNULL,
            env=environment(**extra),
        )


@attrs.define
class OmaProcess:
    """A running `oma … --json`; every line it prints is kept."""

    process: trio.Process
    lines: list[str] = attrs.Factory(list)
    errors: bytes = b""
    _news: trio.Event = attrs.Factory(trio.Event)
    _taken: set[int] = attrs.Factory(set)

    async def read(self):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._read_errors)
            rest = b""
            async for data in self.process.stdout:
                *lines, rest = (rest + data).split(b"\n")
                self.lines += [line.decode() for line in lines]
                self._news.set()
                self._news = trio.Event()

    async def _read_errors(self):
        async for data in self.process.stderr:
            self.errors += data

    async def transition(self, **wanted):
        """Wait for a transition with these fields that was not returned before."""
        wanted = {key.rstrip("_"): value for key, value in wanted.items()}
        with trio.move_on_after(PATIENCE_S):
            while True:
                for index, line in enumerate(self.lines):
                    found = json.loads(line)
                    fits = all(found[key] == value for key, value in wanted.items())
                    if fits and index not in self._taken:
                        self._taken.add(index)
                        return found
                await self._news.wait()
        message = f"no transition {wanted} in {self.lines}; errors: {self.errors!r}"
        raise AssertionError(message)

    async def end(self, number=signal.SIGINT):
        """Send a signal and return the exit code."""
        self.process.send_signal(number)
        with trio.fail_after(PATIENCE_S):
            return await self.process.wait()


@asynccontextmanager
async def running_oma(*arguments, wrapped_in=(), **extra):
    """Run `oma` until the block ends; it is gone then, whatever happened."""
    process = await trio.lowlevel.open_process(
        [*wrapped_in, sys.executable, "-m", "oma", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(**extra),
    )
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
        if process.returncode is None:
            process.kill()
        with trio.CancelScope(shield=True):
            await process.wait()
