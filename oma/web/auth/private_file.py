"""A file that this user alone reads and writes; replaced as a whole, under a lock.

Several processes may change it: whoever does reads it anew inside `locked`, and then writes.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import attrs

from oma.errors import OmaError


@attrs.frozen
class PrivateFile:
    """The file at a path; it and its directory are made with the first writing."""

    path: Path

    def version(self) -> tuple[int, int, int] | None:
        """Return what differs once the file was written again; `None` where there is none.

        Raises:
            OmaError: It cannot be looked at, or others can read or write it.
        """
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return None
        except OSError as failure:
            raise _cannot(self.path, "read", failure) from None
        if status.st_uid != os.getuid() or status.st_mode & 0o077:
            message = f"{self.path}: others can read or write it; 'chmod 600' it, or remove it"
            raise OmaError(message)
        return status.st_ino, status.st_mtime_ns, status.st_size

    def read(self) -> bytes | None:
        """Return what is in it; `None` where there is none.

        Raises:
            OmaError: As for `version`.
        """
        if self.version() is None:
            return None
        try:
            return self.path.read_bytes()
        except OSError as failure:
            raise _cannot(self.path, "read", failure) from None

    def write(self, text: str) -> None:
        """Replace all of it; a reader sees the old text or the new one.

        Raises:
            OmaError: It cannot be written.
        """
        beside = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        try:
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as stream:
                os.fchmod(descriptor, 0o600)
                stream.write(text + "\n")
                stream.flush()
                os.fsync(descriptor)
            beside.replace(self.path)
        except OSError as failure:
            with suppress(OSError):
                beside.unlink()
            raise _cannot(self.path, "write", failure) from None

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes from changing it while the block runs.

        Raises:
            OmaError: There is no place for it.
        """
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self.path.with_name(f"{self.path.name}.lock"), os.O_CREAT, 0o600)
        except OSError as failure:
            raise _cannot(self.path, "write", failure) from None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def _cannot(path: Path, verb: str, failure: OSError) -> OmaError:
    return OmaError(f"{path}: cannot {verb}: {(failure.strerror or str(failure)).lower()}")
