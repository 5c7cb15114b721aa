"""Where the service of a tmux server is reached, and that there is one at most. Light, as `protocol`."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from oma.runtime.client.server_file import held_file, server_file


class ServiceAddress(NamedTuple):
    """The files of the service of one tmux server; they need not be there."""

    socket: Path
    """That readers connect to."""

    @property
    def lock(self) -> Path:
        """Held by the service for as long as it runs; the kernel frees it, however that ends."""
        return self.socket.with_suffix(".lock")

    @contextmanager
    def held(self, waiting: Callable[[str], None] | None = None) -> Iterator[None]:
        """Be the only service of this tmux server while the block runs.

        Args:
            waiting: Told that there is one already, after which the end of that is waited for.

        Raises:
            OmaError: There is one already, or there is no place for the lock.
        """
        with held_file(self.lock, _who_runs, waiting) as descriptor:
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, str(os.getpid()).encode(), 0)
            yield


def _who_runs(descriptor: int) -> str:
    pid = os.pread(descriptor, 32, 0).decode(errors="replace")
    who = f" (process {pid})" if pid.isdigit() else ""
    return f"'oma serve' runs already for this tmux server{who}"


def service_address(tmux_socket: Path, environ: Mapping[str, str]) -> ServiceAddress:
    """Return the address of the service of the tmux server of that socket.

    Raises:
        OmaError: There is no directory for it that is this user's alone.
    """
    return ServiceAddress(server_file(tmux_socket, environ, "serve", ".sock"))
