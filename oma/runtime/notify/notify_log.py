"""What was sent, and what could not be: a bounded file that this user alone reads."""

import json
import os
from pathlib import Path

import attrs

from oma.errors import OmaError

MOST_BYTES = 256 << 10
"""Weeks of notifications; then the older half goes."""


@attrs.frozen
class LogEntry:
    """One message on one channel."""

    at: str
    """Wall time in UTC."""
    channel: str
    """`tmux`, `desktop`…: what `[notify] channels` names."""
    kind: str
    """`news`, `reminder` or `summary`."""
    title: str
    """Printable, on one line."""
    ok: bool
    """It was sent."""
    result: str
    """Where it went, or why it did not."""


@attrs.frozen
class NotifyLog:
    """The log at a path; it and its directory are made with the first entry."""

    path: Path

    def add(self, entry: LogEntry) -> None:
        """Add an entry.

        Raises:
            OmaError: It cannot be written.
        """
        line = json.dumps(attrs.asdict(entry)) + "\n"
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._make_room(len(line))
            with os.fdopen(self._open(self.path, os.O_APPEND), "a", encoding="ascii") as file:
                file.write(line)
        except OSError as failure:
            raise OmaError(f"cannot write {self.path}: {failure.strerror}") from None

    def entries(self) -> tuple[LogEntry, ...]:
        """Return what is in the file, oldest first; nothing when there is none.

        Raises:
            OmaError: It cannot be read.
        """
        try:
            lines = self.path.read_text("utf-8").splitlines()
            return tuple(LogEntry(**json.loads(line)) for line in lines)
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, TypeError) as failure:
            raise OmaError(f"cannot read {self.path}: {failure}") from None

    def _make_room(self, more_bytes: int) -> None:
        try:
            if self.path.stat().st_size + more_bytes <= MOST_BYTES:
                return
            lines = self.path.read_bytes().splitlines(keepends=True)
        except FileNotFoundError:
            return
        spare = self.path.with_suffix(".new")
        with os.fdopen(self._open(spare, os.O_TRUNC), "wb") as file:
            file.writelines(lines[len(lines) // 2 :])
        spare.replace(self.path)

    def _open(self, path: Path, flag: int) -> int:
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | flag, 0o600)
