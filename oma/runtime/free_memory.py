"""Gives memory that was freed back to the system, which the allocator of glibc keeps."""

import ctypes


def give_back_memory() -> None:
    """Return what is free to the system; takes a millisecond, and does nothing with another allocator."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
