"""Spans and lines of a frame, measured in terminal cells. Nothing else decides what may be shown.

Widths follow the Unicode tables of Python: the C library, by which curses and tmux count, agrees
on every character that both know. What they could disagree on (joiners, variation selectors,
characters of no Unicode that we know) never gets into a span.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import attrs

from oma.model.printable import printable
from oma.screen.styled import TextStyle

MOST_MARKS = 2
"""Combining marks that one character keeps: no script needs more, and a hostile text has dozens."""

_ASCII = str.maketrans(
    {
        **dict.fromkeys("─━═╌┄", "-"),
        **dict.fromkeys("│┃║╎┆", "|"),
        **dict.fromkeys("╭╮╰╯┌┐└┘├┤┬┴┼┏┓┗┛", "+"),
        "…": "~",
        "▸": ">",
        "❯": ">",
        "›": ">",
        "→": ">",
        "⏎": "|",
        "·": ".",
        "●": "*",
        "✓": "+",
        **dict(zip("▁▂▃▄▅▆▇█", "_..--==#", strict=True)),
        "•": "*",
    }
)

Style = str | TextStyle
"""The name of a style of the theme, or the style that an agent gave its own text."""


@attrs.frozen
class Span:
    """Text of one style, fit for a terminal: made by `span` where the text is not our own."""

    text: str
    style: Style = "text"


Line = tuple[Span, ...]


@attrs.frozen
class Size:
    """Of a screen or a part of it, in cells."""

    columns: int
    rows: int


@attrs.frozen
class Frame:
    """A whole screen: as many lines as it has rows, none wider than its columns."""

    size: Size
    lines: tuple[Line, ...]
    cursor: tuple[int, int] | None = None
    """Row and column of the user's cursor while a text is edited."""


def span(text: str, style: Style = "text") -> Span:
    """Return a span of a text that somebody else wrote."""
    return Span(showable(text), style)


def showable(text: str) -> str:
    """Return `text` without anything that a terminal could obey, or count differently. Total."""
    if text.isascii() and text.isprintable():
        return text
    kept: list[str] = []
    marks = MOST_MARKS  # a mark at the start has nothing to stand on
    for character in printable(text):
        kind = _kind(character)
        if kind == "mark":
            marks += 1
            if marks <= MOST_MARKS:
                kept.append(character)
        elif kind != "dropped":
            marks = 0
            kept.append("\ufffd" if kind == "unknown" else character)
    return "".join(kept)


def to_ascii(text: str) -> str:
    """Return `text` in ASCII, as wide as before: for terminals that show nothing else."""
    if text.isascii():
        return text
    return "".join(
        character if character < "\x7f" else "?" * _cells_of(character)
        for character in text.translate(_ASCII)
    )


def cells(text: str) -> int:
    """Return how many cells `text` takes."""
    return len(text) if text.isascii() else _counted_cells(text)


@lru_cache(maxsize=1 << 12)
def _counted_cells(text: str) -> int:
    return sum(map(_cells_of, text))


def clip(text: str, most_cells: int) -> str:
    """Return the start of `text` that fits."""
    if text.isascii():
        return text[: max(0, most_cells)]
    used = 0
    for index, character in enumerate(text):
        used += _cells_of(character)
        if used > most_cells:
            return text[:index]
    return text


def shorten(text: str, most_cells: int) -> str:
    """Return `text`, its end replaced by `…` where it does not fit."""
    if cells(text) <= most_cells:
        return text
    return f"{clip(text, most_cells - 1)}…" if most_cells > 0 else ""


def shorten_middle(text: str, most_cells: int) -> str:
    """Return `text`, its middle replaced by `…` where it does not fit: names differ at their ends."""
    if cells(text) <= most_cells:
        return text
    if most_cells < 1:
        return ""
    end = _clip_start(text, (most_cells - 1) // 2)
    return f"{clip(text, most_cells - 1 - cells(end))}…{end}"


def _clip_start(text: str, most_cells: int) -> str:
    """Return the end of `text` that fits, without a mark that has nothing to stand on."""
    used = 0
    for index in range(len(text) - 1, -1, -1):
        used += _cells_of(text[index])
        if used > most_cells:
            return text[index + 1 :].lstrip("".join(filter(_is_mark, text[index + 1 :])))
    return text


def _is_mark(character: str) -> bool:
    return _kind(character) == "mark"


def pad(text: str, exactly_cells: int) -> str:
    """Return `text`, shortened or followed by blanks, in a column of this width."""
    if text.isascii() and len(text) <= exactly_cells:  # most are
        return text.ljust(exactly_cells)
    text = shorten(text, exactly_cells)
    return text + " " * (exactly_cells - cells(text))


def pad_left(text: str, exactly_cells: int) -> str:
    """Return `text` at the right end of a column of this width."""
    text = shorten(text, exactly_cells)
    return " " * (exactly_cells - cells(text)) + text


def line_cells(line: Iterable[Span]) -> int:
    """Return how many cells a line takes."""
    return sum([len(text) if (text := part.text).isascii() else cells(text) for part in line])


def clip_line(line: Iterable[Span], most_cells: int) -> Line:
    """Return the start of `line` that fits, without empty spans."""
    line = tuple(line)
    if all(part.text for part in line) and line_cells(line) <= most_cells:
        return line
    kept: list[Span] = []
    left = most_cells
    for part in line:
        text = clip(part.text, left)
        if text:
            kept.append(part if text is part.text else Span(text, part.style))
            left -= cells(text)
        if len(text) < len(part.text):
            break
    return tuple(kept)


def fill_line(line: Iterable[Span], exactly_cells: int, style: Style = "text") -> Line:
    """Return `line`, cut or followed by blanks, of exactly this width."""
    kept = tuple([part for part in line if part.text])
    blank = exactly_cells - line_cells(kept)
    if blank < 0:
        kept = clip_line(kept, exactly_cells)
        blank = exactly_cells - line_cells(kept)
    return (*kept, Span(" " * blank, style)) if blank else kept


def spread_line(left: Iterable[Span], right: Iterable[Span], exactly_cells: int) -> Line:
    """Return `left` and `right` at the two ends; where there is no room for both, `left`."""
    left, right = tuple(left), tuple(right)
    blank = exactly_cells - line_cells(left) - line_cells(right)
    if blank < 1:
        return clip_line(left, exactly_cells)
    return (*left, Span(" " * blank), *right)


@lru_cache(maxsize=1 << 14)
def _cells_of(character: str) -> int:
    if _kind(character) in {"mark", "dropped"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


@lru_cache(maxsize=1 << 14)
def _kind(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf" or "\ufe00" <= character <= "\ufe0f" or "\u1160" <= character <= "\u11ff":
        return "dropped"  # format characters, variation selectors, parts of Hangul syllables
    if category in {"Mn", "Me"}:
        return "mark"
    return "unknown" if category == "Cn" else "letter"
