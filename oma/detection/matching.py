"""Matching: on which row of a screen each rule of a profile matches. Pure."""

from functools import reduce
from operator import or_

import attrs

from oma.detection import line_shapes as shapes
from oma.detection.profile import Profile, pattern_sets
from oma.detection.scope import MarkedScreen, Scope

_MOST_RECENT = 3
"""Of the screens that are remembered: signs blink, and the same screens come back."""

_Lines = list[tuple[int, int]]
"""Row and marks of each line, from the top."""


@attrs.frozen
class _Wanted:
    """The marks that one rule looks for, in the order of `pattern_sets`."""

    any: int
    exceptions: int
    also: int
    unless: int
    unless_below: int
    above: int
    below: int

    @property
    def all(self) -> int:
        """Every one of them."""
        marks: int = reduce(or_, attrs.astuple(self))
        return marks

    def may_match(self, marks: int) -> bool:
        """Say whether lines that have `marks`, added up, may match."""
        if not marks & self.any or marks & self.unless:
            return False
        return not self.also or bool(marks & self.also)

    def row(self, lines: _Lines) -> int | None:
        """Return the row of the last match in `lines`, in which `any` finds something."""
        end = len(lines) if (above := _last(lines, self.above)) is None else above
        start = 0 if (below := _last(lines[:end], self.below)) is None else below + 1
        place = _last(lines[start:end], self.any, self.exceptions)
        if place is None or _last(lines[start + place + 1 : end], self.unless_below) is not None:
            return None
        return lines[start + place][0]


class Matcher:
    """The rules of one profile, ready to be matched.

    Args:
        profile: Whose rules.
    """

    def __init__(self, profile: Profile) -> None:
        self._count = len(profile.every_rule)
        self._rules: list[tuple[int, Scope, _Wanted, bool]] = []
        self._every: dict[Scope, int] = {}
        """The marks that all rules of a scope look for."""
        self._recent: list[tuple[MarkedScreen, tuple[int | None, ...]]] = []
        for number, rule in enumerate(profile.every_rule):
            wanted = _Wanted(*map(profile.index.mark, pattern_sets(rule)))
            self._rules.append((number, rule.scope, wanted, rule.is_last))
            self._every[rule.scope] = self._every.get(rule.scope, 0) | wanted.all

    def rows(self, screen: MarkedScreen) -> tuple[int | None, ...]:
        """Return for each of `every_rule` the row that it matches on, or `None`."""
        for known, rows in self._recent:
            if known is screen:
                return rows
        rows = self._rows_of(screen)
        del self._recent[: 1 - _MOST_RECENT]
        self._recent.append((screen, rows))
        return rows

    def _rows_of(self, screen: MarkedScreen) -> tuple[int | None, ...]:
        found: list[int | None] = [None] * self._count
        marks = screen.title | screen.composer_marks
        for each in screen.marks:
            marks |= each
        read: dict[Scope, tuple[_Lines, int]] = {}
        for number, scope, wanted, is_last in self._rules:
            if not wanted.any:
                found[number] = scope.best_row(screen)
            elif marks & wanted.any:  # few rules find anything on any screen
                if scope not in read:
                    lines = scope.lines(screen, self._every[scope])
                    read[scope] = lines, reduce(or_, [each for _, each in lines], 0)
                lines, every = read[scope]
                if wanted.may_match(every):
                    row = wanted.row(lines)
                    found[number] = None if is_last and _goes_on(screen, row) else row
        return tuple(found)


def _goes_on(screen: MarkedScreen, row: int | None) -> bool:
    """Say whether another paragraph of the conversation follows that of the line at `row`."""
    if row is None or row not in screen.rows:
        return False
    rows, last_rows, marks, places = screen.rows, screen.last_rows, screen.marks, screen.places
    first = rows.index(row)
    for place in range(first + 1, len(rows)):
        if places[place] is not places[first] or marks[place] & shapes.RULE:
            return False
        if rows[place] - last_rows[place - 1] > 1:
            return True
    return False


def _last(lines: _Lines, mark: int, exceptions: int = 0) -> int | None:
    """Return the place of the last line that has `mark`, and none of `exceptions`."""
    if mark:
        for place in range(len(lines) - 1, -1, -1):
            marks = lines[place][1]
            if marks & mark and not marks & exceptions:
                return place
    return None
