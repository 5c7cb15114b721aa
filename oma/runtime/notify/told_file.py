"""What the user was told of the agents of one tmux server, for the next run; and that one process tells at most.

The file is locked for as long as a process tells; the kernel frees the lock, however that ends. It is in the
runtime directory, for what it holds means nothing after the server has ended.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import attrs

from oma.errors import OmaError
from oma.model.ids import AgentId
from oma.notify.notification_policy import ToldTransition
from oma.runtime.client.server_file import held_file, server_file

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
        with held_file(self.path, _who_tells) as self._descriptor:
            yield self

    def read(self, server_pid: int) -> dict[AgentId, ToldTransition]:
        """Return what was told of agents of the server of that process; nothing where that is not known."""
        try:
            found = json.loads(os.pread(self._descriptor, _MOST_BYTES, 0))
            if found["server"] != server_pid:
                return {}
            told = found["told"]
            return {
                AgentId(agent): ToldTransition(str(key), bool(last))
                for agent, (key, last) in told.items()
            }
        except (OSError, ValueError, TypeError, LookupError, AttributeError):
            return {}  # empty, or torn by the end of who wrote it

    def write(self, server_pid: int, told: Mapping[AgentId, ToldTransition]) -> None:
        """Keep what was told.

        Raises:
            OmaError: It cannot be written.
        """
        rows = {agent: (each.key, each.is_last) for agent, each in told.items()}
        data = json.dumps({"server": server_pid, "told": rows}).encode()
        try:
            # In one step, over all that was there: who is killed meanwhile leaves the old content or the new one.
            before_bytes = os.fstat(self._descriptor).st_size
            os.pwrite(self._descriptor, data.ljust(before_bytes), 0)
            os.ftruncate(self._descriptor, len(data))
        except OSError as failure:
            raise OmaError(f"cannot write {self.path}: {failure.strerror}") from None


def _who_tells(_descriptor: int) -> str:
    return "another oma sends notifications for this tmux server"


def told_file(tmux_socket: Path, environ: Mapping[str, str]) -> ToldFile:
    """Return the file of the tmux server of that socket.

    Raises:
        OmaError: There is no directory for it that is this user's alone.
    """
    return ToldFile(server_file(tmux_socket, environ, "told", ".json"))
