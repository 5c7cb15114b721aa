"""The directory of this user's running `oma`s: locks and sockets, nobody else's to touch."""

import os
from collections.abc import Mapping
from pathlib import Path

from oma.errors import OmaError


def private_place(environ: Mapping[str, str]) -> Path:
    """Return the directory, made if need be: `$XDG_RUNTIME_DIR/oma`, else `/tmp/oma-UID`.

    Short, because the names of sockets end near 100 bytes.

    Raises:
        OmaError: It cannot be made, or somebody else could write to it.
    """
    runtime = environ.get("XDG_RUNTIME_DIR")
    place = Path(runtime, "oma") if runtime else Path(f"/tmp/oma-{os.getuid()}")
    try:
        place.mkdir(mode=0o700, exist_ok=True)
        status = place.lstat()
    except OSError as failure:
        message = f"cannot use {str(place)!r}: {failure.strerror}"
        raise OmaError(message) from None
    if status.st_uid != os.getuid() or status.st_mode & 0o022 or not place.is_dir():
        message = f"{str(place)!r} does not belong to this user alone"
        raise OmaError(message)
    return place


def lives(pid: int) -> bool:
    """Say whether there is a process of that number: names in the directory tell whose they are."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
