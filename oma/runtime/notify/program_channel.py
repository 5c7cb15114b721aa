"""Notifications by a program of the user: its words are run as they are, by no shell."""

import os
import signal
import subprocess  # noqa: TID251  # for its DEVNULL constant only
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import attrs
import trio

from oma.errors import NotifyError
from oma.notify.message import Message


@attrs.frozen
class ProgramChannel:
    """A program that is run for each message, and ended with its children when it takes too long.

    Args:
        name: As the configuration calls it.
        argv: The program and its arguments.
        gets_document: Whether it gets the message as JSON on its standard input.
    """

    name: str
    argv: Sequence[str]
    gets_document: bool = True

    async def send(self, message: Message) -> str:
        """Run the program to its end.

        Raises:
            NotifyError: It cannot be run, or fails.
        """
        given = f"{message.document}\n".encode() if self.gets_document else b""
        await run_program(self.argv, given)
        return self.argv[0]


async def run_program(argv: Sequence[str], given: bytes = b"") -> None:
    """Run a program to its end.

    It gets what it reads at once, also where we are killed when it has begun.

    Args:
        argv: Its words.
        given: What it reads from its standard input.

    Raises:
        NotifyError: There is no such program, or its exit status is not 0.
    """
    if not argv:
        raise NotifyError("the configuration names no program")
    try:
        with _filled(given) as pipe:
            done = await trio.run_process(
                argv,
                stdin=given or subprocess.DEVNULL if pipe is None else pipe,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
                start_new_session=True,
                deliver_cancel=_end,
            )
    except (OSError, ValueError) as failure:
        reason = failure.strerror if isinstance(failure, OSError) else str(failure)
        raise NotifyError(f"cannot run {argv[0]!r}: {reason}") from None
    if done.returncode != 0:
        raise NotifyError(f"{argv[0]!r} ended with status {done.returncode}")


@contextmanager
def _filled(given: bytes) -> Iterator[int | None]:
    """Give the end of a pipe that holds all of it; `None` where that is more than a pipe takes, or nothing."""
    reading, writing = os.pipe()
    try:
        try:
            os.set_blocking(writing, False)
            written = os.write(writing, given) if given else 0
        finally:
            os.close(writing)
        yield reading if written == len(given) > 0 else None
    finally:
        os.close(reading)


async def _end(process: trio.Process) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)  # it leads a session, and its children are in it
