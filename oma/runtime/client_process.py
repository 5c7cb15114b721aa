"""One control client as a process that cannot outlive us.

Up to 3.7, tmux keeps a control client for ever when both ends of its pipes vanish while a
notification for it is unsent (tmux issue 5444): after a SIGKILL of `oma`, 5 of 17 runs left clients
behind (measured, 3.3a). On Linux the kernel therefore ends the client with us, by
its parent-death signal, set through util-linux's `setpriv`. That signal belongs to the thread
that starts the process, hence the start on the main thread: it takes about a millisecond.
"""

import os
import shutil
import subprocess  # noqa: TID251  # started here, on the loop's own thread, for the reason above
from collections.abc import Sequence
from functools import cache
from typing import IO, Self

import attrs
import trio


@attrs.define
class ClientProcess:
    """A running control client and its three pipes."""

    stdin: trio.lowlevel.FdStream
    stdout: trio.lowlevel.FdStream
    stderr: trio.lowlevel.FdStream
    _process: subprocess.Popen[bytes]

    @classmethod
    def start(cls, argv: Sequence[str]) -> Self:
        """Start a client; `reap` and `close` have to be called.

        Raises:
            FileNotFoundError: There is no such program.
        """
        process = subprocess.Popen(
            [*_ends_with_us(), *argv],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
        )
        return cls(
            _stream(process.stdin), _stream(process.stdout), _stream(process.stderr), process
        )

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    async def reap(self) -> None:
        """Wait until the process has ended."""
        while self._process.poll() is None:
            await self._wait_for_news()

    def kill(self) -> None:
        """End the process at once; it is still to be reaped."""
        self._process.kill()

    async def close(self) -> None:
        """Close the pipes."""
        for stream in (self.stdin, self.stdout, self.stderr):
            await stream.aclose()

    async def _wait_for_news(self) -> None:
        if not hasattr(os, "pidfd_open"):
            await trio.to_thread.run_sync(self._process.wait, abandon_on_cancel=True)
            return
        descriptor = os.pidfd_open(self._process.pid)
        try:
            await trio.lowlevel.wait_readable(descriptor)
        finally:
            os.close(descriptor)


def _stream(pipe: IO[bytes] | None) -> trio.lowlevel.FdStream:
    if pipe is None:
        message = "the process was started without this pipe"
        raise ValueError(message)
    # The stream owns a descriptor of its own; the file object gives up the first.
    stream = trio.lowlevel.FdStream(os.dup(pipe.fileno()))
    pipe.close()
    return stream


@cache
def _ends_with_us() -> tuple[str, ...]:
    setpriv = shutil.which("setpriv")
    return () if setpriv is None else (setpriv, "--pdeathsig", "TERM", "--")
