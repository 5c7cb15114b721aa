"""Snapshots that the emulator wrote, put into an order in which a terminal ends up the same.

Rests on the form in which libghostty writes a whole terminal (pyghostty 0.1.3): modes, tab stops,
text, scroll region, cursor, look, character sets. It turns modes on before it writes the text,
and some of them change what writing does.
"""

import re

import attrs

_ALTERNATE = (b"\x1b[?1049h", b"\x1b[?1047h", b"\x1b[?47h")
_CHANGE_WRITING = (b"\x1b[4h", b"\x1b[?7l")  # insert mode; no wrapping
_ORIGIN = b"\x1b[?6h"
_PLACED = re.compile(rb"(\x1b\[(\d+);\d+r(?:\x1b\[>[\d;]*m)?)?\x1b\[(\d+);(\d+)H")


@attrs.frozen
class Snapshot:
    """Everything that a new terminal needs to go on as another one would."""

    columns: int
    rows: int
    data: bytes
    """Output that makes a new terminal of this size show the same: hostile text, and sequences."""
    pending: bytes
    """The beginning of a sequence or of a character; what follows completes it."""


def mend(written: bytes, *, alternate: bool) -> bytes:
    """Return `written` so that a new terminal shows the same and has the same modes.

    Args:
        written: By the emulator; holds no escape but those of its own sequences.
        alternate: The alternate screen is shown.
    """
    # There are three modes for one screen, and they need not agree with what is shown.
    for switch in _ALTERNATE:
        written = written.replace(switch, b"", 1)
    if alternate:
        written = _ALTERNATE[0] + written
    for mode in _CHANGE_WRITING:
        if mode in written:
            written = written.replace(mode, b"", 1) + mode
    if _ORIGIN in written:
        # Rows then count from the top of the region, and the cursor's own was written before.
        written = _PLACED.sub(_from_origin, written.replace(_ORIGIN, b"", 1), 1)
    return written


def _from_origin(found: re.Match[bytes]) -> bytes:
    region, top, row, column = found[1] or b"", int(found[2] or 1), int(found[3]), int(found[4])
    return region + _ORIGIN + b"\x1b[%d;%dH" % (row - top + 1, column)
