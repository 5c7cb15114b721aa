"""Bytes to complete lines: where the border between two reads stops to matter."""

import attrs

from oma.errors import ProtocolError

MAX_LINE_BYTES = 4 << 20
"""Longest line that is believed.

A line of output holds at most 8 KiB of what a program wrote (tmux 3.2 to 3.7). The longest one is
the value of the fleet's subscription: at most some 1.5 KiB per pane, hence thousands of panes.
"""


@attrs.define
class LineBuffer:
    """Cuts a stream at its newlines; keeps what follows the last one for the next read.

    Args:
        max_line_bytes: Length, without the newline, above which a line is refused.
    """

    max_line_bytes: int = MAX_LINE_BYTES
    _partial: bytearray = attrs.Factory(bytearray)

    @property
    def pending_bytes(self) -> int:
        """Length of the line that has begun and not ended."""
        return len(self._partial)

    def feed(self, data: bytes) -> list[bytes]:
        """Return the lines that `data` completes, without their newlines.

        Raises:
            ProtocolError: A line, complete or not, is longer than `max_line_bytes`.
        """
        lines = data.split(b"\n")
        rest = lines.pop()
        if lines and self._partial:
            lines[0] = bytes(self._partial) + lines[0]
            self._partial.clear()
        self._partial += rest
        longest = len(self._partial)
        if lines and len(data) + len(lines[0]) > self.max_line_bytes:
            longest = max(longest, *map(len, lines))
        if longest > self.max_line_bytes:
            raise ProtocolError(f"a line of more than {self.max_line_bytes} bytes")
        return lines
