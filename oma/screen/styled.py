r"""Rows of a screen with their colours: what the emulator writes out, read back as values.

This rests on the form in which libghostty writes a selection for a terminal (pyghostty 0.1.3): text,
SGR sequences, `CR LF` between rows, and OSC sequences about its palette, which are dropped. Views get
values, so no escape sequence of an agent reaches the user's terminal.

>>> [(run.text, run.style.bold) for run in parse_rows("\x1b[1mError\x1b[0m: no")[0]]
[('Error', True), (': no', False)]
"""

from functools import lru_cache

import attrs

TRUE_COLOUR = 1 << 24
"""Added to `0xrrggbb`, so that a colour is one number; smaller ones are of the palette of 256."""


@attrs.frozen
class TextStyle:
    """How a piece of text looks; `None` is the terminal's own colour."""

    foreground: int | None = None
    background: int | None = None
    bold: bool = False
    dim: bool = False
    italic: bool = False
    underline: bool = False
    reverse: bool = False


@attrs.frozen
class StyledText:
    """Text of one style, as the emulator holds it: hostile, but without control sequences."""

    text: str
    style: TextStyle


StyledRow = tuple[StyledText, ...]
"""One row of a screen, in pieces of one style."""

StyledRows = tuple[StyledRow, ...]

PLAIN = TextStyle()

_ON = {1: "bold", 2: "dim", 3: "italic", 4: "underline", 7: "reverse"}


def parse_rows(text: str) -> StyledRows:
    """Return the rows in `text`, which the emulator wrote out. Total: what is unknown is dropped."""
    rows: list[StyledRow] = []
    row: list[StyledText] = []
    style = PLAIN
    for piece in text.split("\x1b"):
        shown = piece
        if piece[:1] == "[":
            parameters, _, shown = piece[1:].partition("m")
            style = _applied(style, parameters)
        elif piece[:1] == "]":
            shown = ""
        elif piece[:1] == "\\":
            shown = piece[1:]
        first, *others = shown.split("\r\n")
        if first:
            row.append(StyledText(first, style))
        for other in others:
            rows.append(tuple(row))
            row = [StyledText(other, style)] if other else []
    rows.append(tuple(row))
    return tuple(rows)


@lru_cache(maxsize=4096)
def _applied(style: TextStyle, parameters: str) -> TextStyle:
    """Return `style` changed by the parameters of one SGR sequence."""
    codes = [_number(word) for word in parameters.split(";")]
    while codes:
        code = codes.pop(0)
        if code == 0:
            style = PLAIN
        elif code in _ON:
            style = attrs.evolve(style, **{_ON[code]: True})
        elif code in {38, 48, 58}:
            colour, codes = _colour(codes)
            if code == 38:
                style = attrs.evolve(style, foreground=colour)
            elif code == 48:
                style = attrs.evolve(style, background=colour)
            # 58 is the colour of an underline: ours have none.
    return style


def _colour(codes: list[int]) -> tuple[int | None, list[int]]:
    match codes:
        case [5, number, *rest]:
            return number & 0xFF, rest
        case [2, red, green, blue, *rest]:
            packed = (red & 0xFF) << 16 | (green & 0xFF) << 8 | (blue & 0xFF)
            return TRUE_COLOUR | packed, rest
        case _:
            return None, []


def _number(word: str) -> int:
    digits = word.partition(":")[0]  # 4:3 is an underline, whatever its shape
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 5 else -1
