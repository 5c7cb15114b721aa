"""Joins what one read brought of a pane, and mends characters that were cut in two.

Every byte comes out exactly once, in the order of its pane: what is held back is the beginning of
a character that the next output of the pane may complete, never more than three bytes.
"""

import attrs

from oma.model.ids import PaneId
from oma.tmux.notifications import Output, WireEvent

# The second byte of these has a narrower range than 0x80..0xBF (RFC 3629).
_SECOND = {0xE0: (0xA0, 0xBF), 0xED: (0x80, 0x9F), 0xF0: (0x90, 0xBF), 0xF4: (0x80, 0x8F)}
_LONGEST_TAIL_BYTES = 3


@attrs.define
class OutputCoalescer:
    """Joins the output of one connection."""

    _carry: dict[PaneId, bytes] = attrs.Factory(dict)

    def join(self, events: list[WireEvent]) -> list[WireEvent]:
        """Return the events of one read with at most one `Output` of a pane between two others.

        No `Output` passes an event of another kind. Those that end up side by side are in the
        order in which their panes first spoke.
        """
        if len(events) == 1 and self._is_whole(events[0]):  # nearly always
            return events
        joined: list[WireEvent] = []
        gathered: dict[PaneId, list[Output]] = {}
        for event in events:
            if type(event) is Output:
                parts = gathered.get(event.pane)
                if parts is None:
                    gathered[event.pane] = [event]
                else:
                    parts.append(event)
            else:
                self._flush(gathered, joined)
                joined.append(event)
        self._flush(gathered, joined)
        return joined

    def take_carry(self, pane: PaneId) -> bytes:
        """Return what is held back of the pane, and hold it no longer."""
        return self._carry.pop(pane, b"")

    def _is_whole(self, event: WireEvent) -> bool:
        """Say whether an event is output that neither completes a character nor ends in a part of one."""
        return (
            type(event) is Output
            and event.data[-1:].isascii()
            and event.data != b""
            and event.pane not in self._carry
        )

    def _flush(self, gathered: dict[PaneId, list[Output]], joined: list[WireEvent]) -> None:
        for pane, parts in gathered.items():
            data = self._carry.pop(pane, b"") + b"".join([part.data for part in parts])
            tail_bytes = incomplete_tail_bytes(data)
            if tail_bytes:
                self._carry[pane] = data[-tail_bytes:]
                data = data[:-tail_bytes]
            if data:
                joined.append(Output(pane, data))
        gathered.clear()


def incomplete_tail_bytes(data: bytes) -> int:
    """Return how many bytes at the end of `data` begin a UTF-8 character without ending it."""
    for length in range(1, min(_LONGEST_TAIL_BYTES, len(data)) + 1):
        lead = data[-length]
        if lead < 0x80:
            return 0
        if lead >= 0xC0:
            return length if _begins_character(lead, data[len(data) - length + 1 :]) else 0
    return 0


def _begins_character(lead: int, continuation: bytes) -> bool:
    if not 0xC2 <= lead <= 0xF4:
        return False
    needed = 1 + (lead >= 0xE0) + (lead >= 0xF0)
    if len(continuation) >= needed:
        return False
    low, high = _SECOND.get(lead, (0x80, 0xBF))
    return not continuation or low <= continuation[0] <= high
