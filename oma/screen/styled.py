"""Rows of a screen with their colours: what the emulator writes out, read back as values.

Rests on the form in which libghostty writes a selection for a terminal (pyghostty 0.1.3): text,
SGR sequences, `CR LF` between rows, and OSC sequences about its palette, which are dropped.
"""

from functools import lru_cache

import attrs

TRUE_COLOUR = 1 << 24
"""Added to `0xrrggbb`, so that a colour is one number; smaller ones are of the palette of 256."""


@attrs.frozen
class Look:
    """How a piece of text looks; `None` is the terminal's own colour."""

    foreground: int | None = None
    background: int | None = None
    bold: bool = False
    dim: bool = False
    italic: bool = False
    underline: bool = False
    reverse: bool = False


@attrs.frozen
class Run:
    """Text of one look, as the emulator holds it: hostile, but without control sequences."""

    text: str
    look: Look


StyledRows = tuple[tuple[Run, ...], ...]
"""Rows of a screen, each as pieces of one style."""


PLAIN = Look()

_ON = {1: "bold", 2: "dim", 3: "italic", 4: "underline", 7: "reverse"}


def parse_rows(text: str) -> tuple[tuple[Run, ...], ...]:
    """Return the rows in `text`, which the emulator wrote out. Total: what is unknown is dropped."""
    rows: list[tuple[Run, ...]] = []
    row: list[Run] = []
    look = PLAIN
    for piece in text.split("\x1b"):
        shown = piece
        if piece[:1] == "[":
            parameters, _, shown = piece[1:].partition("m")
            look = _applied(look, parameters)
        elif piece[:1] == "]":
            shown = ""
        elif piece[:1] == "\\":
            shown = piece[1:]
        first, *others = shown.split("\r\n")
        if first:
            row.append(Run(first, look))
        for other in others:
            rows.append(tuple(row))
            row = [Run(other, look)] if other else []
    rows.append(tuple(row))
    return tuple(rows)


@lru_cache(maxsize=4096)
def _applied(look: Look, parameters: str) -> Look:
    """Return `look` changed by the parameters of one SGR sequence."""
    codes = [_number(word) for word in parameters.split(";")]
    while codes:
        code = codes.pop(0)
        if code == 0:
            look = PLAIN
        elif code in _ON:
            look = attrs.evolve(look, **{_ON[code]: True})
        elif code in {38, 48, 58}:
            colour, codes = _colour(codes)
            if code == 38:
                look = attrs.evolve(look, foreground=colour)
            elif code == 48:
                look = attrs.evolve(look, background=colour)
            # 58 is the colour of an underline: ours have none.
    return look


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
