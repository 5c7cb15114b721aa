"""One sender at a time for each pane, of all the processes of this user.

A lock on a file in the user's runtime directory; the kernel frees it when the process ends, in
whatever way. Who has the lock removes the file at the end, so that none are left behind: whoever
got hold of a removed file tries again with the new one.
"""

import fcntl
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import trio

from oma.errors import CommandError
from oma.model.ids import PaneId
from oma.runtime.client.server_file import open_lock, server_file

PATIENCE_S = 30.0
"""How long others may take: each needs seconds at most, and several may wait."""

TRY_EVERY_S = 0.02
"""A lock that is waited for in a thread could not be given up when the wait is cancelled."""


@asynccontextmanager
async def pane_lock(socket: Path, pane: PaneId, environ: Mapping[str, str]) -> AsyncIterator[None]:
    """Be the only one who types into a pane, while the block runs.

    Args:
        socket: Of the tmux server of the pane.
        pane: Which.
        environ: Ours; says where the runtime directory is.

    Raises:
        CommandError: Others were typing all the time.
        OmaError: There is no place for the lock.
    """
    path = server_file(socket, environ, "input", f"-{pane[1:]}.lock")
    descriptor = await _locked(path)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


async def _locked(path: Path) -> int:
    with trio.move_on_after(PATIENCE_S):
        while True:
            descriptor = open_lock(path)
            if _is_ours(descriptor, path):
                return descriptor
            os.close(descriptor)
            await trio.sleep(TRY_EVERY_S)
    raise CommandError("another oma is typing into this agent: nothing was sent")


def _is_ours(descriptor: int, path: Path) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    try:
        there = path.lstat()
    except FileNotFoundError:
        return False
    return os.path.samestat(os.fstat(descriptor), there)
