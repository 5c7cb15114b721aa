"""The directory that `oma` runs in, which may have been removed meanwhile: a worktree, say."""

import os
from pathlib import Path

from oma.errors import OmaError


def working_directory() -> Path:
    """Return it.

    Raises:
        OmaError: It has been removed, or is closed to this user.
    """
    try:
        return Path(os.getcwd())
    except OSError as failure:
        why = "has been removed" if isinstance(failure, FileNotFoundError) else failure.strerror
        message = f"the directory that oma runs in {why}: change to another one"
        raise OmaError(message) from None


def absolute(name: str | os.PathLike[str]) -> Path:
    """Return `name` as an absolute path; a relative one is taken from the working directory.

    Raises:
        OmaError: It is relative, and there is no working directory.
    """
    path = Path(name)
    return path if path.is_absolute() else working_directory() / path
