"""Results on standard output, written in a worker thread: a reader that stalls delays nobody."""

import os
import stat
import sys

import trio


async def write_stdout(text: str) -> None:
    """Write and flush `text`.

    Raises:
        BrokenPipeError: Nobody reads any more.
        OutputError: It cannot be written.
    """
    await trio.to_thread.run_sync(_write, text)


async def until_nobody_reads() -> None:
    """Wait until a pipe that standard output goes to has no reader; for ever where it is no pipe.

    Raises:
        BrokenPipeError: Nobody reads any more.
    """
    descriptor = sys.stdout.fileno()
    if not stat.S_ISFIFO(os.fstat(descriptor).st_mode):
        return
    # The end that is written to is never readable: what wakes us is the error of a pipe without
    # a reader.
    await trio.lowlevel.wait_readable(descriptor)
    raise BrokenPipeError


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
