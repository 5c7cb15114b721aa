"""Small files of others: read without waiting, and no more of them than they should hold. Blocks."""

import os
import stat
from pathlib import Path

MOST_BYTES = 4096
"""A path, the name of a branch, what an agent says of itself."""


def read_beginning(path: Path) -> str:
    """Return the beginning of a regular file; empty where that cannot be read. What it holds is hostile."""
    try:
        # Without waiting: who opens a pipe waits for its writer.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    except (OSError, ValueError):
        return ""
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return ""
        return os.read(descriptor, MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""
    finally:
        os.close(descriptor)
