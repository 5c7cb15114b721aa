"""Where the service of a tmux server is reached, and that there is one at most. Light, as `protocol`."""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from oma.errors import OmaError
from oma.runtime.client.runtime_directory import runtime_directory


class ServiceAddress(NamedTuple):
    """The files of the service of one tmux server; they need not be there."""

    socket: Path
    """That faces connect to."""

    @property
    def lock(self) -> Path:
        """Held by the service for as long as it runs; the kernel frees it, however that ends."""
        return self.socket.with_suffix(".lock")

    @contextmanager
    def held(self) -> Iterator[None]:
        """Be the only service of this tmux server while the block runs.

        Raises:
            OmaError: There is one already, or there is no place for the lock.
        """
        descriptor = self._open()
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pid = os.pread(descriptor, 32, 0).decode(errors="replace")
                who = f" (process {pid})" if pid.isdigit() else ""
                raise OmaError(f"'oma serve' runs already for this tmux server{who}") from None
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, str(os.getpid()).encode(), 0)
            yield
        finally:
            os.close(descriptor)

    def _open(self) -> int:
        try:
            return os.open(self.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as failure:
            raise OmaError(f"cannot lock {str(self.lock)!r}: {failure.strerror}") from None


def service_address(tmux_socket: Path, environ: Mapping[str, str]) -> ServiceAddress:
    """Return the address of the service of the tmux server of that socket.

    Raises:
        OmaError: There is no directory for it that is this user's alone.
    """
    name = sha256(os.path.realpath(tmux_socket).encode()).hexdigest()[:16]
    return ServiceAddress(runtime_directory(environ) / f"serve-{name}.sock")
