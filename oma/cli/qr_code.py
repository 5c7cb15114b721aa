"""A text as a QR code for a terminal. The only import site of segno."""

import io

import segno

_WHITE_ON_BLACK = "\x1b[97;40m"
_PLAIN = "\x1b[0m"


def qr_code(text: str) -> str:
    """Return lines of block characters that a phone reads, black on white on any terminal."""
    drawn = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(drawn, border=2, compact=True)
    lines = drawn.getvalue().rstrip("\n").split("\n")
    return "\n".join(f"{_WHITE_ON_BLACK}{line}{_PLAIN}" for line in lines)
