"""Scopes: the part of the evidence that a rule reads."""

import re
from enum import StrEnum

import attrs

from oma.detection.evidence import Evidence


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

    def lines(self, evidence: Evidence) -> tuple[tuple[int | None, str], ...]:
        """Return the lines in this scope from top to bottom, each with its row; a title has none.

        Total: a cursor outside of the screen gives no line.
        """
        match self.region:
            case Region.TITLE:
                return ((None, evidence.title),)
            case Region.CURSOR_LINE:
                row = evidence.cursor_row
                return ((row, evidence.lines[row]),) if row < len(evidence.lines) else ()
            case Region.SCREEN:
                return tuple(enumerate(evidence.lines))
            case Region.BOTTOM:
                end = text_height(evidence.lines)
                start = max(0, end - self.count)
                return tuple(enumerate(evidence.lines[start:end], start))


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
    while height and not lines[height - 1].strip():
        height -= 1
    return height
