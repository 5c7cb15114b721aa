r"""What a terminal answers to a question: `ESC ] … BEL`, or with `ESC \` at its end. Never keys.

One question is asked: which colour the background has (OSC 11). Answers to what other programs
asked, and left, are skipped.
"""

import re

from oma.tui.inputs import Background
from oma.tui.terminal_input.piece import MOST_BYTES, Meaning, Piece

BACKGROUND_QUESTION = b"\x1b]11;?\x1b\\"

_BEGINS = {ord("]"): b"0123456789", ord("P"): b"0123456789!>+=?$|", ord("_"): b"G"}
"""With what an answer can begin, by the byte after `ESC`: else that was a key with Alt."""

_END = re.compile(rb"[\x00-\x1f]")

_COLOUR = re.compile(r"11;rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})")


def read_answer(data: bytes, at: int) -> Piece | None:
    """Return the piece of an answer; `None` while its end is missing. Total.

    Another control character breaks it off, so that a key is never lost in what is no answer.

    Args:
        data: What the terminal sent.
        at: Where the byte after `ESC` is.
    """
    start = at + 1
    if start == len(data):
        return None
    if data[start] not in _BEGINS[data[at]]:
        return Piece(start + (data[start] >= 0x20))
    found = _END.search(data, start, start + MOST_BYTES)
    if found is None:
        return None if len(data) - start < MOST_BYTES else Piece(start + MOST_BYTES)
    end = found.start()
    if data[end] == 0x07:
        return Piece(end + 1, _meaning(data[at:end]))
    if data[end] != 0x1B:
        return Piece(end)
    if end + 1 == len(data):
        return None
    return Piece(end + 2, _meaning(data[at:end])) if data[end + 1] == 0x5C else Piece(end)


def _meaning(answer: bytes) -> Meaning:
    found = _COLOUR.match(answer[1:].decode("ascii", "replace"))
    if not answer.startswith(b"]") or found is None:
        return None
    red, green, blue = (int(part, 16) / (16 ** len(part) - 1) for part in found.groups())
    return Background(red, green, blue)
