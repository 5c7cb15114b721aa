"""How a text or a browser's key strokes are put into a pane: as commands for a control client."""

import re
from collections.abc import Iterator

from oma.model.ids import PaneId
from oma.tmux.commands.command import Command
from oma.tmux.commands.keys import PasteBuffer, SendBytes, SendKey, SetBuffer

_CURSOR_KEY = re.compile(rb"\x1b[\[O]([ABCDFH])")
_CURSOR_KEYS = {b"A": "Up", b"B": "Down", b"C": "Right", b"D": "Left", b"F": "End", b"H": "Home"}
"""As xterm writes them: after `ESC [`, or `ESC O` for a program that asked for that."""

BYTES_A_COMMAND = 512
"""Typed by one command."""

PASTED_A_COMMAND = 8192
"""Characters that one command puts into a buffer: at most 32 kB of command line."""

_NOT_PASTED = {
    code: None for code in (*range(0x20), 0x7F, *range(0x80, 0xA0)) if code not in b"\t\n\r"
}
"""An escape in a pasted text could end the brackets around it, and what follows would be typed."""


def type_bytes(pane: PaneId, data: bytes) -> Iterator[Command]:
    """Type bytes into the pane as they are, but for cursor keys.

    A terminal far away may not know in which mode the pane's program wants these; tmux does.
    """
    for place, piece in enumerate(_CURSOR_KEY.split(data)):
        if place % 2:
            yield SendKey(pane, _CURSOR_KEYS[piece])
            continue
        for at in range(0, len(piece), BYTES_A_COMMAND):
            yield SendBytes(pane, piece[at : at + BYTES_A_COMMAND])


def paste(pane: PaneId, buffer: str, text: str) -> Iterator[Command]:
    """Paste a text without its control characters, between brackets if the program wants them.

    Args:
        pane: Where.
        buffer: Name of a paste buffer, which is gone afterwards; letters, digits and `-`.
        text: A newline is typed as Enter, as terminals do.
    """
    plain = text.translate(_NOT_PASTED)
    if not plain:
        return
    for at in range(0, len(plain), PASTED_A_COMMAND):
        yield SetBuffer(buffer, plain[at : at + PASTED_A_COMMAND], append=at > 0)
    yield PasteBuffer(buffer, pane)
