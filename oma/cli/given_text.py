"""The text that a command line gives: its words, a file, or standard input."""

import sys
from collections.abc import Sequence
from pathlib import Path

from oma.errors import ConfigError, OmaError

STDIN = "-"
"""In place of the text: it is what comes on standard input."""


def given_text(words: Sequence[str], file: str | None, command: str) -> str:
    """Return the text that is given in one way.

    Args:
        words: Those of the command line.
        file: Of the option `--file`.
        command: What is run, for a message.

    Raises:
        ConfigError: There is none, or more than one.
        OmaError: The file cannot be read, or is no text.
    """
    if bool(words) == (file is not None):
        raise ConfigError(f"{command}: give a text, '-' for standard input, or --file")
    if words and tuple(words) != (STDIN,):
        return " ".join(words)
    source = STDIN if file is None else file
    try:
        data = sys.stdin.buffer.read() if source == STDIN else Path(source).read_bytes()
        return data.decode()
    except OSError as failure:
        raise OmaError(f"cannot read {source}: {(failure.strerror or '').lower()}") from None
    except UnicodeDecodeError:
        raise OmaError(f"{source}: the text is not in UTF-8") from None
