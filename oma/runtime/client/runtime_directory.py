"""The directory of this user's running `oma`s: locks and sockets, nobody else's to touch."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from oma.errors import OmaError

VARIABLE = "XDG_RUNTIME_DIR"

LONGEST_BYTES = 70
"""Of its path: the names of sockets end near 100 bytes."""


def runtime_directory(environ: Mapping[str, str], temporary: Path = Path("/tmp")) -> Path:
    """Return the directory, made if need be: `$XDG_RUNTIME_DIR/oma`, else `/tmp/oma-UID`.

    `XDG_RUNTIME_DIR` counts where it is an existing directory of this user alone. It often is
    another user's, or nobody's, after `su` or `sudo -E`, in containers and under cron.

    Args:
        environ: Ours.
        temporary: Where the other one is; short, and sticky if others may write to it.

    Raises:
        OmaError: It cannot be made, or is not this user's.
    """
    if unusable_runtime(environ) is None:
        place = Path(environ[VARIABLE], "oma")
        try:
            return _made(place)
        except OmaError:
            pass  # it holds a file of that name, say
    return _made(temporary / f"oma-{os.getuid()}")


def unusable_runtime(environ: Mapping[str, str]) -> str | None:
    """Say why `XDG_RUNTIME_DIR` does not count; `None` when it does."""
    text = environ.get(VARIABLE, "")
    if not text:
        return "is not set"
    if not text.startswith("/"):
        return "is no absolute path"
    if len(os.fsencode(text)) > LONGEST_BYTES:
        return "is too long for the names of sockets"
    try:
        status = os.lstat(text)
    except (OSError, ValueError):
        return "cannot be looked at: no such directory, or it is closed to this user"
    return _not_ours(status) or (None if os.access(text, os.W_OK | os.X_OK) else "is read-only")


def lives(pid: int) -> bool:
    """Say whether there is a process of that number: names in the directory tell whose they are."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _made(place: Path) -> Path:
    """Return the directory at `place`, made if need be; nothing is followed, nor taken over."""
    try:
        place.mkdir(mode=0o700, exist_ok=True)
        status = place.lstat()
        refusal = _not_ours(status)
        if refusal is None and stat.S_IMODE(status.st_mode) != 0o700:
            place.chmod(0o700)  # nobody can have put another one there: the parent lets only us
    except OSError as failure:
        refusal = f"cannot be used: {failure.strerror}"
    if refusal is not None:
        message = f"{str(place)!r} {refusal}: set {VARIABLE} to a directory of your own, mode 0700"
        raise OmaError(message)
    return place


def _not_ours(status: os.stat_result) -> str | None:
    if stat.S_ISLNK(status.st_mode):
        return "is a symbolic link"
    if not stat.S_ISDIR(status.st_mode):
        return "is no directory"
    if status.st_uid != os.getuid():
        return "belongs to another user"
    return "can be written to by others" if status.st_mode & 0o022 else None
