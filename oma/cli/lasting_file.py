"""Files of a tmux server that outlive it, and the lock of the one process that keeps such a file."""

import os
from pathlib import Path

from oma.cli.cli_context import CliContext
from oma.config.places import state_directory
from oma.errors import ConfigError
from oma.files.locked_file import LockedFile
from oma.runtime.client.server_file import server_file, server_file_name


def lasting_file(context: CliContext, kind: str, without: str) -> LockedFile:
    """Return the file of a kind for the tmux server.

    Args:
        context: Which server.
        kind: What it holds; the name of its directory, too.
        without: Said where there is no place for it.

    Raises:
        ConfigError: There is none.
    """
    state = state_directory(os.environ)
    if state is None:
        raise ConfigError(f"{without}: neither XDG_STATE_HOME nor HOME names a directory")
    return LockedFile(state / kind / server_file_name(context.socket, kind, ".json"))


def keeper_lock(context: CliContext, kind: str) -> Path:
    """Return the lock of the process that keeps that file.

    Raises:
        OmaError: There is no place for it.
    """
    return server_file(context.socket, os.environ, kind, ".lock")
