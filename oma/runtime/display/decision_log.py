"""The latest decisions about one window, in a file beside the lock of whoever tiles it.

It is what `oma why --pane` tells from: not what would be decided now, but what was. Written anew at
each decision, so that a reader finds it whole; it outlives the tiling, for why a pane went.
"""

import json
import os
from collections import deque
from contextlib import suppress
from pathlib import Path

import attrs

from oma.errors import OmaError
from oma.model.events import PlacementDecided
from oma.model.ids import AgentId
from oma.runtime.clock import wall_time

KEPT = 200
"""Decisions: days of a quiet window, and never more to write than some ten kilobytes."""


@attrs.frozen
class Note:
    """One decision."""

    at: str
    """Wall time in UTC."""
    agent: str | None
    """The name that it had then."""
    event: PlacementDecided


def agent_of(event: PlacementDecided) -> AgentId | None:
    """Return whom a decision is about; `None` for a program, or for the window itself."""
    either = event.agent or event.session
    return None if either is None else AgentId(either)


@attrs.define
class DecisionLog:
    """The journal of one main pane.

    Args:
        path: In a directory of the user's own.
    """

    path: Path
    _notes: deque[Note] | None = None

    def note(self, event: PlacementDecided, agent: str | None) -> None:
        """Keep a decision that was made now. Never raises."""
        if self._notes is None:
            self._notes = deque(self._before(), KEPT)
        self._notes.append(Note(wall_time(), agent, event))
        try:
            self._write(self._notes)
        except OSError:
            # No room, say: better none than one that lacks the latest.
            with suppress(OSError):
                self.path.unlink(missing_ok=True)

    def notes(self) -> tuple[Note, ...]:
        """Return what is in the file, oldest first; nothing when there is none.

        Raises:
            OmaError: It cannot be read.
        """
        try:
            lines = self.path.read_text("utf-8").splitlines()
            return tuple(_note(json.loads(line)) for line in lines)
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, TypeError, LookupError) as failure:
            raise OmaError(f"cannot read {str(self.path)!r}: {failure}") from None

    def _before(self) -> tuple[Note, ...]:
        with suppress(OmaError):  # what cannot be read is written over
            return self.notes()
        return ()

    def _write(self, notes: deque[Note]) -> None:
        spare = self.path.with_suffix(".new")
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW
        with os.fdopen(os.open(spare, flags, 0o600), "w", encoding="utf-8") as file:
            file.writelines(json.dumps(attrs.asdict(note)) + "\n" for note in notes)
        spare.replace(self.path)


def _note(fields: dict[str, object]) -> Note:
    told = fields | {"event": PlacementDecided(**fields["event"])}  # type: ignore[arg-type]
    return Note(**told)  # type: ignore[arg-type]
