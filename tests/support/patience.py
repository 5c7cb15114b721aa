"""How long a test waits for a fact, and how often it looks for it.

A wait ends with the fact. The patience is no promise of `oma`: it ends a test that would wait for
ever, with what it saw, before pytest's own timeout does; a loaded machine is never that slow.
"""

from collections.abc import Callable
from typing import TypeVar

import trio

_Found = TypeVar("_Found")

PATIENCE_S = 120.0
LOOK_EVERY_S = 0.02


async def look_until(holds: Callable[[], _Found]) -> _Found:
    """Look until `holds()` is true, and return what it gave last: false when patience ended.

    A look that is expensive is taken less often: looking costs at most half of the time.
    """
    with trio.move_on_after(PATIENCE_S):
        while True:
            began = trio.current_time()
            if found := holds():
                return found
            await trio.sleep(max(LOOK_EVERY_S, trio.current_time() - began))
    return holds()
