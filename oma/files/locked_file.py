"""A file in the user's directory for state: changed by whoever holds its lock, replaced at once or appended to.

Mode 0600; a reader sees the old content or the new one, also when the machine stops meanwhile. Of what is appended
it may see the beginning alone.
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
        is_private: It is not believed where others can read or write it.
    """

    path: Path
    is_private: bool = False

    def stamp(self) -> Stamp | None:
        """Return what is another one after each change; `None` where there is no file.

        Raises:
            OmaError: Others can read or write it, and it is to be private.
        """
        try:
            found = self.path.stat()
        except OSError:
            return None
        if self.is_private and (found.st_uid != os.getuid() or found.st_mode & 0o077):
            message = f"{self.path}: others can read or write it; 'chmod 600' it, or remove it"
            raise OmaError(message)
        return found.st_mtime_ns, found.st_ino, found.st_size

    def read(self) -> object:
        """Return what it holds; `None` where there is no file.

        Raises:
            ValueError: It holds no JSON.
            OmaError: It cannot be read.
        """
        data = self.read_bytes()
        return None if data is None else json.loads(data)

    def read_bytes(self) -> bytes | None:
        """Return what it holds, in whatever form; `None` where there is no file.

        Raises:
            OmaError: It cannot be read, or as for `stamp`.
        """
        try:
            self.stamp()
            return self.path.read_bytes()
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
        with self._failures_told():
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
            descriptor = os.open(self.path.with_suffix(".lock"), flags, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def write(self, value: object) -> None:
        """Give it another content, as JSON; it is on the disk then. For who is `alone`.

        Raises:
            OmaError: It cannot be written.
        """
        self.replace(json.dumps(value).encode())

    def replace(self, data: bytes) -> None:
        """Give it another content, in whatever form, as `write` does.

        Raises:
            OmaError: It cannot be written.
        """
        new = self.path.with_suffix(".new")
        with self._failures_told():
            try:
                _write(new, os.O_CREAT | os.O_TRUNC, data)
                new.replace(self.path)
            except OSError:
                new.unlink(missing_ok=True)
                raise

    def append(self, data: bytes) -> None:
        """Write behind what it holds; it is on the disk then. For who is `alone`.

        Raises:
            OmaError: It cannot be written; some of the data may be there.
        """
        with self._failures_told():
            _write(self.path, os.O_APPEND, data)

    @contextmanager
    def _failures_told(self) -> Iterator[None]:
        try:
            yield
        except OSError as failure:
            raise OmaError(f"cannot write {self.path}: {failure.strerror}") from None


def _write(path: Path, flags: int, data: bytes) -> None:
    flags |= os.O_WRONLY | os.O_CLOEXEC | os.O_NOFOLLOW
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
