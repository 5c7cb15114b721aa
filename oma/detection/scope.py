"""Scopes: the part of the evidence that a rule reads.

Works on marks (`oma.detection.patterns.PatternIndex`): a row in which no pattern finds anything is
of no interest, and most rows of a screen are such.
"""

import re
from enum import StrEnum

import attrs

TITLE_ROW = -1
"""Stands for the title where a row of the screen is meant."""


@attrs.frozen
class MarkedRow:
    """A row in which patterns find something."""

    row: int
    """From 0; `TITLE_ROW` is the title."""
    marks: int


@attrs.frozen
class MarkedScreen:
    """What patterns find on a screen and in its title."""

    rows: tuple[MarkedRow, ...]
    """Rows with marks, from the top."""
    height: int
    """Rows down to the last one that is not blank."""
    title: int
    cursor_row: int


class Region(StrEnum):
    """Where to look."""

    BOTTOM = "bottom"  # the last lines down to the last one that is not blank
    SCREEN = "screen"
    CURSOR_LINE = "cursor_line"
    TITLE = "title"


@attrs.frozen
class Scope:
    """A region, and for `bottom` how many lines of it, counted up from the last line with text."""

    region: Region
    count: int = 0

    def rows(self, screen: MarkedScreen) -> tuple[MarkedRow, ...]:
        """Return the rows with marks in this scope, from top to bottom."""
        match self.region:
            case Region.TITLE:
                return (MarkedRow(TITLE_ROW, screen.title),) if screen.title else ()
            case Region.CURSOR_LINE:
                return tuple(found for found in screen.rows if found.row == screen.cursor_row)
            case Region.SCREEN:
                return screen.rows
            case Region.BOTTOM:
                end = screen.height
                return tuple(f for f in screen.rows if end - self.count <= f.row < end)


_BOTTOM = re.compile(r"bottom:([1-9]\d{0,3})", re.ASCII)


def parse_scope(text: str) -> Scope | None:
    """Return the scope that `text` names (`bottom:N`, `screen`, `cursor_line`, `title`), or `None`."""
    found = _BOTTOM.fullmatch(text)
    if found is not None:
        return Scope(Region.BOTTOM, int(found.group(1)))
    if text in {Region.SCREEN, Region.CURSOR_LINE, Region.TITLE}:
        return Scope(Region(text))
    return None


def text_height(lines: tuple[str, ...]) -> int:
    """Return how many lines there are down to the last one that is not blank."""
    height = len(lines)
    while height and (not lines[height - 1] or lines[height - 1].isspace()):
        height -= 1
    return height
