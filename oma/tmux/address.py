"""Which tmux server is meant, and which program asks it."""

import attrs

TMUX = "tmux"
"""The first word of each command line: `oma.runtime.client.tmux_binary` says which file that is."""


@attrs.frozen
class ServerAddress:
    """Which tmux server: tmux's own `-L` and `-S`; neither is the default server."""

    socket_name: str | None = None
    socket_path: str | None = None

    def argv(self) -> list[str]:
        """Return the options that choose this server."""
        if self.socket_path is not None:
            return ["-S", self.socket_path]
        return [] if self.socket_name is None else ["-L", self.socket_name]
