"""A failure as a pane shows it: numbered, and with the time at which it was written.

The time is of the machine's monotonic clock, which all processes share, in nanoseconds.
"""

import re

import attrs

CLEAR = b"\x1b[2J\x1b[Hall is well\r\n"
"""What a pane shows when the failure is over."""

_MARKER = re.compile(r"error: try ([0-9]{1,9}) at ([0-9]{1,20});")


@attrs.frozen
class Marker:
    """One failure."""

    number: int
    """Counted from 0 over all panes: no two failures share one."""
    written_ns: int


def paint(marker: Marker) -> bytes:
    """Return what a pane writes to show the failure, and nothing else, on its screen."""
    return f"\x1b[2J\x1b[Herror: try {marker.number} at {marker.written_ns};\r\n".encode()


def find(text: str) -> list[Marker]:
    """Return the failures that a text shows, in order, as often as it shows them."""
    return [Marker(int(number), int(ns)) for number, ns in _MARKER.findall(text)]
