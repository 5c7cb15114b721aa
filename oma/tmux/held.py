"""Output of one pane that waits for a capture: it was printed later, though it came earlier."""

import attrs

from oma.model.events import Event, OutputLost, PaneOutput
from oma.model.ids import PaneId

HELD_BYTES = 4 << 20
"""Held while a capture is on its way; tmux itself drops a client long before that."""


@attrs.define
class OutputDuringCapture:
    """What is held of one pane, and where it breaks off."""

    lost: str | None = None
    """Why what came last is missing, or `None`."""
    _parts: list[bytes] = attrs.Factory(list)
    _bytes: int = 0

    def put(self, data: bytes) -> None:
        """Hold output; too much of it is lost, and so is what follows."""
        if self._bytes + len(data) > HELD_BYTES:
            self.lost = self.lost or "too much output during a capture"
        if self.lost is None:
            self._parts.append(data)
            self._bytes += len(data)

    def lose(self, reason: str) -> None:
        """Take that output is missing after what is held."""
        self.lost = reason

    def take(self, pane: PaneId) -> list[Event]:
        """Return the facts, in order, and hold nothing."""
        events: list[Event] = []
        if self._parts:
            events.append(PaneOutput(pane, b"".join(self._parts)))
        if self.lost is not None:
            events.append(OutputLost(pane, self.lost))
        self.lost = None
        self._parts.clear()
        self._bytes = 0
        return events
