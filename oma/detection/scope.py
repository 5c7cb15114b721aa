"""Scopes: the part of the evidence that a rule reads.

Works on marks (`oma.detection.patterns.PatternIndex`): a line in which no pattern finds anything that
a rule looks for is of no interest, and most lines of a screen are such.
"""

import re
from enum import StrEnum
from functools import cached_property
from itertools import accumulate

import attrs

from oma.detection import line_shapes as shapes
from oma.detection.structure import Place

TITLE_ROW = -1
"""Stands for the title where a row of the screen is meant."""

_EDGES = shapes.RULE | shapes.TOP | shapes.BOTTOM


@attrs.frozen
class MarkedScreen:
    """What patterns find on a screen and in its title: lists of one length, a line at each place."""

    rows: list[int]
    """The first row of each line, from 0."""
    last_rows: list[int]
    """Another one where the line was wrapped."""
    marks: list[int]
    """Of the composer without its draft."""
    places: list[Place]
    title: int
    cursor_row: int
    composer: int | None = None
    """The line with the composer's prompt sign."""
    composer_marks: int = 0
    """Of that line with its draft."""
    evidence: int | None = None
    """The line that tells best what a dialog, or a panel, is."""
    has_composer: bool = False
    has_draft: bool = False
    """Something stands in the composer: a draft, or a placeholder."""
    owes: bool = False
    """What the user sent is the last line above the composer, or that line says that something goes on: it ends in dots."""
    has_remains: bool = False
    """Messages of an agent stand above the prompt of a shell."""

    @cached_property
    def marked(self) -> list[int]:
        """The places of the lines in which any pattern finds something."""
        return [place for place, marks in enumerate(self.marks) if marks]

    @cached_property
    def heights(self) -> list[int]:
        """How many lines with text there are from each to the bottom; 1 is the last, and edges have none."""
        heights = list(accumulate(0 if marks & _EDGES else 1 for marks in reversed(self.marks)))
        heights.reverse()
        return heights


class Region(StrEnum):
    """Where to look."""

    BOTTOM = "bottom"  # the last lines with text
    SCREEN = "screen"
    CURSOR_LINE = "cursor_line"
    TITLE = "title"
    CONVERSATION = "conversation"  # what stands above composer and dialog
    DIALOG = "dialog"
    PANEL = "panel"
    COMPOSER = "composer"  # its line with the prompt sign and the draft, and what stands below it


_PLACES = {
    Region.CONVERSATION: Place.CONVERSATION,
    Region.DIALOG: Place.DIALOG,
    Region.PANEL: Place.PANEL,
}

NEEDS_NO_PATTERN = frozenset({Region.DIALOG, Region.PANEL, Region.COMPOSER})
"""That such a part is there says enough."""


@attrs.frozen(cache_hash=True)
class Scope:
    """A region, and for `bottom` how many lines of it, counted up from the last line with text."""

    region: Region
    count: int = 0

    def lines(self, screen: MarkedScreen, wanted: int) -> list[tuple[int, int]]:
        """Return row and marks of the lines in this scope that have one of `wanted`, from the top.

        Of a draft none is among them, but for its first line in `composer` and `cursor_line`.
        """
        if self.region is Region.TITLE:
            return [(TITLE_ROW, screen.title)] if screen.title & wanted else []
        marked = [i for i in screen.marked if screen.marks[i] & wanted]
        rows, marks = screen.rows, screen.marks
        if self.region is Region.CURSOR_LINE or self.region is Region.COMPOSER:
            return self._around_composer(screen, wanted, marked)
        places = screen.places
        if self.region is Region.SCREEN:
            found = [i for i in marked if places[i] is not Place.DRAFT]
        elif self.region is Region.BOTTOM:
            heights, most = screen.heights, self.count
            found = [i for i in marked if heights[i] <= most and places[i] is not Place.DRAFT]
        else:
            place = _PLACES[self.region]
            found = [i for i in marked if places[i] is place]
        return [(rows[i], marks[i]) for i in found]

    def best_row(self, screen: MarkedScreen) -> int | None:
        """Return the row that tells that such a part is there; `None` where it is not."""
        if self.region is Region.COMPOSER:
            return None if screen.composer is None else screen.rows[screen.composer]
        best = screen.evidence
        if best is None or screen.places[best] is not _PLACES.get(self.region):
            return None
        return screen.rows[best]

    def _around_composer(
        self, screen: MarkedScreen, wanted: int, marked: list[int]
    ) -> list[tuple[int, int]]:
        composer = screen.composer
        if composer is not None and screen.composer_marks & wanted and composer not in marked:
            marked = sorted([*marked, composer])
        found = []
        for index in marked:
            if self.region is Region.COMPOSER:
                is_here = index == composer or screen.places[index] is Place.STATUS
            else:
                is_here = screen.rows[index] <= screen.cursor_row <= screen.last_rows[index]
            marks = screen.composer_marks if index == composer else screen.marks[index]
            if is_here and marks & wanted:
                found.append((screen.rows[index], marks))
        return found


_BOTTOM = re.compile(r"bottom:([1-9]\d{0,3})", re.ASCII)
_OTHERS = frozenset(Region) - {Region.BOTTOM}

NAMES = "bottom:N, " + ", ".join(sorted(_OTHERS))
"""For a message."""


def parse_scope(text: str) -> Scope | None:
    """Return the scope that `text` names (`bottom:N`, `screen`, `title`, `dialog`…), or `None`."""
    found = _BOTTOM.fullmatch(text)
    if found is not None:
        return Scope(Region.BOTTOM, int(found.group(1)))
    return Scope(Region(text)) if text in _OTHERS else None
