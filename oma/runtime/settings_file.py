"""A settings file of another program: read whole, replaced at once, kept as a backup before.

A link is followed, and what it names is replaced; the mode and the owner of the file stay.
"""

import contextlib
import itertools
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from oma.errors import OmaError

_NEW_FILE_MODE = 0o600
"""Of a file that there was not; settings may hold keys."""


def read_settings_file(path: Path) -> str | None:
    """Return the text of a file; `None` when there is none.

    Raises:
        OmaError: It cannot be read, or is not UTF-8; the text names file and line.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OmaError(f"cannot read {path}: {error.strerror}") from None
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise OmaError(f"{path}:{line}: not UTF-8") from None


def replace_settings_file(path: Path, text: str) -> None:
    """Give a file another content, in one step: a reader sees the old one or the new one.

    Raises:
        OmaError: It cannot be written; nothing has changed then.
    """
    target = _target(path)
    with _telling(f"cannot write {target}"):
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.oma-")
        try:
            with os.fdopen(handle, "wb") as file:
                _take_mode(file.fileno(), target)
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, target)
        except BaseException:
            os.unlink(name)
            raise


def remove_settings_file(path: Path) -> None:
    """Remove a file.

    Raises:
        OmaError: It cannot be removed.
    """
    with _telling(f"cannot remove {path}"):
        path.unlink()


def back_up(path: Path) -> Path:
    """Copy a file to a name of its own beside it, and return that; no earlier backup is touched.

    Raises:
        OmaError: The copy cannot be written.
    """
    target = _target(path)
    with _telling(f"cannot back up {target}"):
        data = target.read_bytes()
        for number in itertools.count(1):
            backup = target.with_name(f"{target.name}.oma-backup-{number}")
            with contextlib.suppress(FileExistsError), open(backup, "xb", opener=_private) as file:
                _take_mode(file.fileno(), target)
                file.write(data)
                return backup
    raise AssertionError  # the count has no end


def _target(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, _NEW_FILE_MODE)


def _take_mode(handle: int, target: Path) -> None:
    """Give an open file the mode and the owner of `target`, where there is one."""
    try:
        found = target.stat()
    except FileNotFoundError:
        return
    os.fchmod(handle, stat.S_IMODE(found.st_mode))
    own = os.fstat(handle)
    if (own.st_uid, own.st_gid) != (found.st_uid, found.st_gid):
        with contextlib.suppress(PermissionError):
            os.fchown(handle, found.st_uid, found.st_gid)


@contextlib.contextmanager
def _telling(what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OmaError(f"{what}: {error.strerror}") from None
