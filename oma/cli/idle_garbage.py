"""Python's search for garbage in a dashboard: when nobody types.

Among what is known of 1,000 agents a whole search takes 60 to 100 ms of the processor: a key would wait for it.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import attrs

_SEARCHED_OFTEN = 10
"""So many searches among what is younger, of some 20,000 objects each, make a whole one worth its time."""

_NEVER = 1_000_000


@attrs.define
class IdleGarbage:
    """Looks through all there is when that keeps nobody waiting."""

    _is_searched: bool = False

    def look(self) -> None:
        """Do so, if there may be garbage; what the first search leaves stays until the end."""
        if gc.get_count()[2] < _SEARCHED_OFTEN:
            return
        gc.collect()
        if not self._is_searched:
            self._is_searched = True
            gc.freeze()


@contextmanager
def garbage_when_idle() -> Iterator[IdleGarbage]:
    """Look through all there is only when that is asked for, in this block."""
    before = gc.get_threshold()
    gc.set_threshold(2_000, 10, _NEVER)
    try:
        yield IdleGarbage()
    finally:
        gc.set_threshold(*before)
