"""Results on standard output, written in a worker thread: a reader that stalls delays nobody."""

import sys

import trio


async def write_stdout(text: str) -> None:
    """Write and flush `text`.

    Raises:
        BrokenPipeError: Nobody reads any more.
    """
    await trio.to_thread.run_sync(_write, text)


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
