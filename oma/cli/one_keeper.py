"""Work that one process of a user does for a tmux server: the first that comes, and the next when that has ended."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import trio

from oma.errors import OmaError
from oma.runtime.client.server_file import held_file

TRY_EVERY_S = 2.0
"""How often it is tried to become the one."""

_TAKEN = "another process does it"


async def run_alone(lock: Path, work: Callable[[], Awaitable[None]]) -> None:
    """Do the work for ever, as soon as nobody else does.

    Args:
        lock: Held by who does it; the kernel frees it, however that ends.
        work: Runs until it is cancelled.

    Raises:
        OmaError: The work cannot be done, or there is no place for the lock.
    """
    while True:
        try:
            with held_file(lock, lambda _: _TAKEN):
                await work()
        except OmaError as error:
            if str(error) != _TAKEN:
                raise
        await trio.sleep(TRY_EVERY_S)
