"""Which tmux server is meant.

A value, so that no function guesses from the environment: only `parse_own_server` reads `TMUX`.

>>> ServerAddress(socket_name="work").argv()
['-L', 'work']
>>> ServerAddress().argv()
[]
>>> parse_own_server({"TMUX": "/run/tmux/default,4711,0"})
OwnServer(socket='/run/tmux/default', pid=4711)
"""

from collections.abc import Mapping
from typing import NamedTuple

TMUX = "tmux"
"""The first word of each command line: `oma.runtime.client.tmux_binary` says which file that is."""


class ServerAddress(NamedTuple):
    """Which tmux server: tmux's own `-L` and `-S`; neither is the default server."""

    socket_name: str | None = None
    socket_path: str | None = None

    def argv(self) -> list[str]:
        """Return the options that choose this server."""
        if self.socket_path is not None:
            return ["-S", self.socket_path]
        return [] if self.socket_name is None else ["-L", self.socket_name]


class OwnServer(NamedTuple):
    """The server that this process runs in a pane of."""

    socket: str
    """Path of its socket."""
    pid: int
    """0 where that is not told."""


def parse_own_server(environ: Mapping[str, str]) -> OwnServer | None:
    """Return what `TMUX` tells, as `SOCKET,PID,SESSION`; `None` outside of tmux."""
    socket, *rest = environ.get("TMUX", "").rsplit(",", 2)
    pid = rest[0] if rest else ""
    return OwnServer(socket, int(pid) if pid.isdecimal() else 0) if socket else None
