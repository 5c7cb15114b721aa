"""Opens a terminal program on this machine; it outlives us."""

import shutil
import subprocess  # noqa: TID251  # for its DEVNULL constant only
from collections.abc import Sequence

import trio

from oma.errors import OmaError

STARTS_S = 0.5
"""A program that has not failed by then has opened, or is about to."""


async def open_terminal_program(terminal: Sequence[str], argv: Sequence[str]) -> str:
    """Open a terminal program on a command; return what the program is called.

    Args:
        terminal: The program and its options; the command follows them.
        argv: The command.

    Raises:
        OmaError: It cannot be started, or ends at once.
    """
    program = terminal[0] if terminal else ""
    if shutil.which(program) is None:
        raise OmaError(f"[web] terminal_command: {program!r}: not found on PATH")
    process = await trio.lowlevel.open_process(
        [*terminal, *argv],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    with trio.move_on_after(STARTS_S):
        if await process.wait() != 0:
            raise OmaError(f"[web] terminal_command: {program!r} ended with {process.returncode}")
    return program
