"""Starts ourselves once more, to work on when the command that a user typed has returned."""

import os
import subprocess  # noqa: TID251  # for its constants only
import sys
from collections.abc import Sequence

import trio

from oma.errors import OmaError

READY = b"ready\n"
"""What the other process says when it has begun its work; it is silent from then on."""


async def start_in_background(options: Sequence[str]) -> None:
    """Run `oma` with these options in a session of its own, and wait until it is at work.

    Raises:
        OmaError: It ended before that; the text is what it complained of.
    """
    process = await trio.lowlevel.open_process(
        [sys.executable, "-P", "-m", "oma", *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    if process.stdout is None or process.stderr is None:
        raise ValueError("the process was started without a pipe")
    said = b""
    while not said.endswith(READY):
        data = await process.stdout.receive_some()
        if not data:
            complaint = b""
            async with process.stdout, process.stderr:
                async for part in process.stderr:
                    complaint += bytes(part)
            await process.wait()
            text = complaint.decode(errors="replace").strip().removeprefix("oma: ")
            raise OmaError(text or "the process in the background ended at once")
        said += bytes(data)


def say_ready() -> None:
    """Tell whoever started us that we are at work, and fall silent."""
    told = os.dup(sys.stdout.fileno())
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(silence, stream.fileno())
    os.close(silence)
    # Last: who reads it leaves at once, and what a thread of ours still prints would end us.
    os.write(told, READY)
    os.close(told)
