"""Where the socket of a tmux server is. Light, as `oma.config.places`."""

import os
from collections.abc import Mapping
from pathlib import Path

from oma.tmux.address import ServerAddress, parse_own_server


def socket_path(server: ServerAddress, environ: Mapping[str, str]) -> Path:
    """Return where tmux looks for its socket (tmux(1), `-L`, `-S`, `TMUX`, `TMUX_TMPDIR`)."""
    if server.socket_path is not None:
        return Path(server.socket_path)
    own = parse_own_server(environ)
    if server.socket_name is None and own is not None:
        return Path(own.socket)
    directory = environ.get("TMUX_TMPDIR") or "/tmp"  # tmux's own default
    return Path(directory) / f"tmux-{os.getuid()}" / (server.socket_name or "default")
