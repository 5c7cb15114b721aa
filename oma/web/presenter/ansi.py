"""A screen as text for a fresh terminal: letters, styles and ends of lines, and nothing else."""

from collections.abc import Iterable

from oma.model.printable import printable
from oma.screen.styled import PLAIN, TRUE_COLOUR, StyledText, TextStyle

_ON = {"bold": 1, "dim": 2, "italic": 3, "underline": 4, "reverse": 7}


def ansi_of(rows: Iterable[Iterable[StyledText]]) -> str:
    """Return the rows as text with SGR sequences of ours alone, whatever the runs hold."""
    return "\r\n".join("".join(map(_painted, row)) for row in rows)


def _painted(run: StyledText) -> str:
    text = printable(run.text)
    if run.style == PLAIN:
        return text
    return f"\x1b[{';'.join(_codes(run.style))}m{text}\x1b[0m"


def _codes(style: TextStyle) -> Iterable[str]:
    for name, code in _ON.items():
        if getattr(style, name):
            yield str(code)
    for code, colour in ((38, style.foreground), (48, style.background)):
        if colour is None:
            continue
        if colour < TRUE_COLOUR:
            yield f"{code};5;{colour}"
        else:
            yield f"{code};2;{colour >> 16 & 0xFF};{colour >> 8 & 0xFF};{colour & 0xFF}"
