"""The audit log: who did what, when and from where. Never what they typed.

JSON Lines that the owner alone reads; a line is in the file before the thing is done.
"""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import attrs

from oma.errors import OmaError

REFUSALS_A_MINUTE = 60
"""So many are written down; the others are counted. A stranger must not fill the disk."""


@attrs.define
class Audit:
    """An audit log that is appended to.

    Args:
        path: Of the file; it and its directory are made with the first line.
        now_s: Seconds since the epoch.
    """

    path: Path
    now_s: Callable[[], float]
    _descriptor: int | None = None
    _minute: int = 0
    """The minute since the epoch that `_refusals` counts."""
    _refusals: int = 0
    _unwritten: int = 0
    """Refusals since the last one that was written down."""

    def note(self, event: str, who: str, address: str, **facts: str | float | None) -> None:
        """Add a line.

        Args:
            event: What happened, in a word: `login`, `refused`, `send`.
            who: The name of the login.
            address: Where the request came from.
            facts: More about it: `agent`, `role`, `bytes`.

        Raises:
            OmaError: It cannot be written; what it is about must not be done then.
        """
        when = datetime.fromtimestamp(self.now_s(), UTC).isoformat(timespec="milliseconds")
        line = {"at": when, "event": event, "who": who, "from": address, **facts}
        data = f"{json.dumps(line)}\n".encode()
        try:
            if self._descriptor is None:
                self._descriptor = self._open()
            written = os.write(self._descriptor, data)
        except OSError as failure:
            message = f"{self.path}: cannot write the audit log: {failure.strerror}"
            raise OmaError(message) from None
        if written != len(data):
            raise OmaError(f"{self.path}: cannot write the audit log: the disk is full")

    def note_refusal(self, who: str, address: str, status: int, what: str) -> None:
        """Add a line about a refused request, or count it where there were many this minute.

        Raises:
            OmaError: It cannot be written.
        """
        minute = int(self.now_s() // 60)
        if minute != self._minute:
            self._minute, self._refusals = minute, 0
        self._refusals += 1
        if self._refusals > REFUSALS_A_MINUTE:
            self._unwritten += 1
            return
        facts: dict[str, str | float | None] = {"status": status, "what": what}
        if self._unwritten:
            facts["unwritten"] = self._unwritten
            self._unwritten = 0
        self.note("refused", who, address, **facts)

    def close(self) -> None:
        """Close the file."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _open(self) -> int:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW
        descriptor = os.open(self.path, flags, 0o600)
        os.fchmod(descriptor, 0o600)
        return descriptor
