"""Python's search for garbage, which is a sixth of the time of imports, and half of that of reading a history."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
