"""What the user was told of the agents of one tmux server, for the next run; and that one process tells at most.

The file is locked for as long as a process tells; the kernel frees the lock, however that ends. It is in the
runtime directory, for what it holds means nothing after the server has ended.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import attrs

from oma.errors import OmaError
from oma.model.ids import AgentId
from oma.notify.policy import Told
from oma.runtime.client.runtime_directory import runtime_directory

_MOST_BYTES = 1 << 20


@attrs.define
class ToldFile:
    """The file of one tmux server.

    Args:
        path: In a directory of the user's own.
    """

    path: Path
    _descriptor: int = -1

    @contextmanager
    def held(self) -> Iterator["ToldFile"]:
        """Be the only one who tells while the block runs.

        Raises:
            OmaError: Somebody does, or there is no place for the file.
        """
        self._descriptor = self._open()
        try:
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise OmaError("another oma sends notifications for this tmux server") from None
            yield self
        finally:
            os.close(self._descriptor)
            self._descriptor = -1

    def read(self, server_pid: int) -> dict[AgentId, Told]:
        """Return what was told of agents of the server of that process; nothing where that is not known."""
        try:
            found = json.loads(os.pread(self._descriptor, _MOST_BYTES, 0))
            if found["server"] != server_pid:
                return {}
            told = found["told"]
            return {
                AgentId(agent): Told(str(key), bool(last)) for agent, (key, last) in told.items()
            }
        except (OSError, ValueError, TypeError, LookupError, AttributeError):
            return {}  # empty, or torn by the end of who wrote it

    def write(self, server_pid: int, told: Mapping[AgentId, Told]) -> None:
        """Keep what was told.

        Raises:
            OmaError: It cannot be written.
        """
        rows = {agent: (each.key, each.is_last) for agent, each in told.items()}
        data = json.dumps({"server": server_pid, "told": rows}).encode()
        try:
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, data, 0)
        except OSError as failure:
            raise OmaError(f"cannot write {self.path}: {failure.strerror}") from None

    def _open(self) -> int:
        try:
            return os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as failure:
            raise OmaError(f"cannot open {self.path}: {failure.strerror}") from None


def told_file(tmux_socket: Path, environ: Mapping[str, str]) -> ToldFile:
    """Return the file of the tmux server of that socket.

    Raises:
        OmaError: There is no directory for it that is this user's alone.
    """
    name = sha256(os.path.realpath(tmux_socket).encode()).hexdigest()[:16]
    return ToldFile(runtime_directory(environ) / f"told-{name}.json")
