"""When a user last looked at what happened on a tmux server: the modification time of a file."""

import os
from datetime import UTC, datetime
from pathlib import Path

from oma.cli.cli_context import CliContext
from oma.cli.history_place import history_of
from oma.errors import OmaError

SUFFIX = ".looked"


def last_look(context: CliContext) -> datetime | None:
    """Return when that was; `None` where it is not known."""
    try:
        return datetime.fromtimestamp(_path(context).stat().st_mtime, UTC)
    except (OSError, OmaError):
        return None


def note_look(context: CliContext) -> None:
    """Note that a user looks now, where a history is kept; else the next one is told of more."""
    try:
        path = _path(context)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600))
        os.utime(path)
    except (OSError, OmaError):
        return


def _path(context: CliContext) -> Path:
    history = history_of(context)
    return history.path / f"{history.server}{SUFFIX}"
