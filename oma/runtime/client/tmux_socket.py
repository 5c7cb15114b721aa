"""Where the socket of a tmux server is. Light, as `oma.config.places`."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from oma.errors import ConfigError
from oma.tmux.address import ServerAddress, parse_own_server

LONGEST = 107
"""Bytes of a path that the system takes for a socket; some systems take a little less."""


def socket_path(server: ServerAddress, environ: Mapping[str, str]) -> Path:
    """Return where tmux looks for its socket (tmux(1), `-L`, `-S`, `TMUX`, `TMUX_TMPDIR`)."""
    if server.socket_path is not None:
        return Path(server.socket_path)
    own = parse_own_server(environ)
    if server.socket_name is None and own is not None:
        return Path(own.socket)
    directory = environ.get("TMUX_TMPDIR") or "/tmp"  # tmux's own default
    return Path(directory) / f"tmux-{os.getuid()}" / (server.socket_name or "default")


def check_socket(path: Path) -> None:
    """Refuse a path at which no tmux server can be: tmux would put its socket in the place of a file.

    Raises:
        ConfigError: The path is too long, or something else is there.
    """
    if len(os.fsencode(path)) > LONGEST:
        raise ConfigError(f"no tmux server can be at {str(path)!r}: that is too long for a socket")
    try:
        is_socket = stat.S_ISSOCK(os.stat(path).st_mode)
    except OSError:
        return  # there is none yet, or tmux says what is wrong
    if not is_socket:
        raise ConfigError(f"{str(path)!r} is not the socket of a tmux server")
