"""The directory that `oma` runs in.

It may have been removed meanwhile (a git worktree, say). Then `os.getcwd` fails; here that is one line
for the user, and only where a relative path needs the directory.
"""

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
        raise OmaError(f"the directory that oma runs in {why}: change to another one") from None


def absolute(name: str | os.PathLike[str]) -> Path:
    """Return `name` as an absolute path; a relative one is taken from the working directory.

    Raises:
        OmaError: It is relative, and there is no working directory.
    """
    path = Path(name)
    return path if path.is_absolute() else working_directory() / path
