"""Files of others: read without waiting, and no more of them than asked for. Blocks."""

import os
import stat
from pathlib import Path

MOST_BYTES = 4096
"""A path, the name of a branch, what an agent says of itself."""


def read_beginning(path: Path) -> str:
    """Return the beginning of a regular file; empty where that cannot be read. What it holds is hostile."""
    return _read(path, MOST_BYTES, from_end=False)


def read_end(path: Path, most_bytes: int) -> str:
    """Return the end of a regular file; empty where that cannot be read. Its first line may be cut."""
    return _read(path, most_bytes, from_end=True)


def _read(path: Path, most_bytes: int, *, from_end: bool) -> str:
    try:
        # Without waiting: who opens a pipe waits for its writer.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    except (OSError, ValueError):
        return ""
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            return ""
        begins = max(found.st_size - most_bytes, 0) if from_end else 0
        return os.pread(descriptor, most_bytes, begins).decode("utf-8", "replace")
    except OSError:
        return ""
    finally:
        os.close(descriptor)
