"""Files of one tmux server in the runtime directory, and the lock that makes one process their owner."""

import fcntl
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from oma.errors import OmaError
from oma.runtime.client.runtime_directory import runtime_directory


def server_file_name(tmux_socket: Path, kind: str, suffix: str) -> str:
    """Return the name of a file of the tmux server of that socket: `KIND-HASH.SUFFIX`."""
    name = sha256(os.path.realpath(tmux_socket).encode()).hexdigest()[:16]
    return f"{kind}-{name}{suffix}"


def server_file(tmux_socket: Path, environ: Mapping[str, str], kind: str, suffix: str) -> Path:
    """Return the path of a file of the tmux server of that socket in the runtime directory.

    Raises:
        OmaError: There is no directory for it that is this user's alone.
    """
    return runtime_directory(environ) / server_file_name(tmux_socket, kind, suffix)


def open_lock(path: Path) -> int:
    """Open a file that is to be locked, made if need be; for this user alone.

    Raises:
        OmaError: There is no place for it.
    """
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as failure:
        raise OmaError(f"cannot open {path}: {failure.strerror}") from None


@contextmanager
def held_file(
    path: Path, taken: Callable[[int], str], waiting: Callable[[str], None] | None = None
) -> Iterator[int]:
    """Hold a file, which is made if need be, while the block runs, and give its descriptor.

    The kernel frees it, however the process ends.

    Args:
        path: Of the file.
        taken: Says, given its descriptor, that another process holds it.
        waiting: Told of that, after which the other process is waited for.

    Raises:
        OmaError: Another process does, or there is no place for the file.
    """
    descriptor = open_lock(path)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if waiting is None:
                raise OmaError(taken(descriptor)) from None
            waiting(taken(descriptor))
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)
