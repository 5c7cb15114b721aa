"""A file that holds a secret: this user's, and nobody else reads it."""

import os
import stat
from pathlib import Path

from oma.errors import ConfigError

_MOST_BYTES = 8192


def read_secret_file(path: Path) -> str:
    """Return the text of a file.

    Raises:
        ConfigError: It is not there, others can read or write it, or it is no text.
    """
    place = path.expanduser()
    try:
        with open(place, "rb") as file:
            status = os.fstat(file.fileno())
            if status.st_uid != os.getuid() or stat.S_IMODE(status.st_mode) & 0o077:
                raise ConfigError(f"{place}: others can read or write it; 'chmod 600' it")
            return file.read(_MOST_BYTES).decode()
    except OSError as failure:
        message = f"{place}: cannot be read: {(failure.strerror or '').lower()}"
        raise ConfigError(message) from None
    except UnicodeDecodeError:
        raise ConfigError(f"{place}: not UTF-8") from None
