"""A file of JSON in the user's directory for state: changed by whoever holds its lock, replaced at once.

Mode 0600; a reader sees the old content or the new one, also when the machine stops meanwhile.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

from oma.errors import OmaError

Stamp = tuple[int, int, int]


@attrs.frozen
class LockedFile:
    """One file.

    Args:
        path: Of it; its directory is made when something is written.
    """

    path: Path

    def stamp(self) -> Stamp | None:
        """Return what is another one after each change; `None` where there is no file."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino, found.st_size

    def read(self) -> object:
        """Return what it holds; `None` where there is no file.

        Raises:
            ValueError: It holds no JSON.
            OmaError: It cannot be read.
        """
        try:
            return json.loads(self.path.read_bytes())
        except FileNotFoundError:
            return None
        except OSError as failure:
            raise OmaError(f"cannot read {self.path}: {failure.strerror}") from None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only one who changes it while the block runs; others wait, and it takes milliseconds.

        Raises:
            OmaError: There is no place for it.
        """
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
            descriptor = os.open(self.path.with_suffix(".lock"), flags, 0o600)
        except OSError as failure:
            raise OmaError(f"cannot write {self.path}: {failure.strerror}") from None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def write(self, value: object) -> None:
        """Give it another content; it is on the disk then. For who is `alone`.

        Raises:
            OmaError: It cannot be written.
        """
        new = self.path.with_suffix(".new")
        try:
            descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(value, file)
                file.flush()
                os.fsync(file.fileno())
            new.replace(self.path)
        except OSError as failure:
            raise OmaError(f"cannot write {self.path}: {failure.strerror}") from None
