"""How long tmux took to answer of late, and how long it takes without clients of ours."""

from collections import deque
from collections.abc import Collection

import attrs

KEPT = 7
"""One late answer says nothing, and what was seconds ago says nothing any more."""


def median(values: Collection[float]) -> float:
    """Return the value in the middle, or between the two; to import `statistics` for it takes 0.3 MB, and 3 ms."""
    ordered, count = sorted(values), len(values)
    return (ordered[(count - 1) // 2] + ordered[count // 2]) / 2


@attrs.define
class AnswerTimes:
    """The latest times, in milliseconds."""

    unwatched_ms: float | None = None
    """The median when there was no client that could be taken off."""
    _latest: deque[float] = attrs.Factory(lambda: deque(maxlen=KEPT))

    def take(self, answer_ms: float) -> None:
        """Take how long an answer took."""
        self._latest.append(answer_ms)

    @property
    def median_ms(self) -> float | None:
        """Of the latest; `None` until there are some."""
        return median(self._latest) if len(self._latest) >= KEPT // 2 else None

    def begin_anew(self) -> None:
        """Take that clients come or go: what was measured is of before."""
        self._latest.clear()

    def note_unwatched(self) -> None:
        """Take that all clients are off that can be: what was measured is the least there is."""
        self.unwatched_ms = self.median_ms if self.median_ms is not None else self.unwatched_ms
