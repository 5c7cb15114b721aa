"""Python's search for garbage, which is a sixth of the time of imports, and half of that of reading a history.

Among what is known of 1,000 agents a whole search takes 60 to 100 ms of the processor: a key would wait for it.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import attrs

_SEARCHED_OFTEN = 10
"""So many searches among what is younger, of some 20,000 objects each, make a whole one worth its time."""

_NEVER = 1_000_000


@contextmanager
def no_garbage() -> Iterator[None]:
    """Make in this block what stays until the end: imports, or what a command tells of."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def rarely_garbage() -> Iterator[None]:
    """Look for garbage rarely in this block: among what is known of thousands of agents each search takes as long as a frame."""
    before = gc.get_threshold()
    gc.set_threshold(20_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


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
