"""Bytes of a terminal that belong together, and what they mean."""

import attrs

from oma.tui.inputs import Key, Received

PASTE_END = b"\x1b[201~"

MOST_BYTES = 1 << 16
"""Of one sequence; one that is longer is skipped up to here."""


@attrs.frozen
class PasteStart:
    """A paste follows, up to `PASTE_END`."""


Meaning = Received | PasteStart | None


@attrs.frozen
class Piece:
    """Bytes that belong together."""

    end: int
    """Where the next piece begins."""
    meaning: Meaning = None
    """`None` for what is no input: an unknown sequence, a key that was let go."""


def key_piece(end: int, name: str | None) -> Piece:
    """Return the piece of a key; of no input where `name` is `None`."""
    return Piece(end, None if name is None else Key(name))
