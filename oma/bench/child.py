"""A measured process: started as a user would, read line by line, ended with the block."""

import subprocess  # noqa: TID251  # for its constants only
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import attrs
import trio

from oma.bench.bench_server import BenchServer
from oma.errors import OmaError

START_S = 60.0
"""How long a process may take until it is at work."""


@attrs.define
class Child:
    """A running process, and what it has said so far."""

    name: str
    process: trio.Process
    lines: list[tuple[str, int]] = attrs.Factory(list)
    """Each with the machine's monotonic time of its arrival, in nanoseconds."""
    ended: bool = False
    _news: trio.Event = attrs.Factory(trio.Event)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self.process.pid

    async def until(self, holds: Callable[[list[tuple[str, int]]], bool]) -> None:
        """Wait until `holds` for all lines so far.

        Raises:
            OmaError: It ended before, or takes too long.
        """
        with trio.move_on_after(START_S):
            while not holds(self.lines) and not self.ended:
                await self._news.wait()
        if not holds(self.lines):
            raise OmaError(f"{self.name} does not do what was expected; the run is broken off")

    async def until_ended(self) -> None:
        """Wait until it has ended by itself."""
        while not self.ended:
            await self._news.wait()

    async def read(self, output: trio.abc.ReceiveStream) -> None:
        """Keep its lines until it ends."""
        rest = b""
        async for data in output:
            now_ns = time.monotonic_ns()
            *lines, rest = (rest + bytes(data)).split(b"\n")
            self.lines += [(line.decode(errors="replace"), now_ns) for line in lines]
            self._tell()
        self.ended = True
        self._tell()

    def _tell(self) -> None:
        self._news.set()
        self._news = trio.Event()


@asynccontextmanager
async def running(bench_server: BenchServer, module: str, *arguments: str) -> AsyncIterator[Child]:
    """Run `python -m MODULE ARGUMENTS…` until the block ends."""
    process = await trio.lowlevel.open_process(
        [sys.executable, "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=bench_server.environment(),
        start_new_session=True,
    )
    if process.stdout is None or process.stdin is None:
        raise ValueError("the process was started without a pipe")
    child = Child(module, process)
    try:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(child.read, process.stdout)
            yield child
            nursery.cancel_scope.cancel()
    finally:
        with trio.CancelScope(shield=True):
            await _end(process)


async def _end(process: trio.Process) -> None:
    """End it as a user would: by the end of its input and SIGTERM."""
    if process.stdin is not None:
        await process.stdin.aclose()
    process.terminate()
    with trio.move_on_after(10):
        await process.wait()
    process.kill()
    await process.wait()
    if process.stdout is not None:
        await process.stdout.aclose()


def oma_arguments(bench_server: BenchServer, *arguments: str) -> Sequence[str]:
    """Return the command line of an `oma` on the stage."""
    return [
        "-S",
        str(bench_server.server.socket_path),
        "--config",
        str(bench_server.config),
        *arguments,
    ]
