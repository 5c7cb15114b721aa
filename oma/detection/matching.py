"""Matching: on which row of a screen each rule of a profile matches. Pure."""

import attrs

from oma.detection.profile import Profile, Rule
from oma.detection.scope import MarkedRow, MarkedScreen, Scope


@attrs.frozen
class _Wanted:
    """The marks that one rule looks for."""

    any: int
    also: int
    unless: int
    above: int
    below: int

    def row(self, rows: tuple[MarkedRow, ...], marks: int) -> int | None:
        """Return the row of the last match in `rows`, whose marks add up to `marks`."""
        if not marks & self.any or marks & self.unless:
            return None
        if self.also and not marks & self.also:
            return None
        end = len(rows) if (above := _last(rows, self.above)) is None else above
        start = 0 if (below := _last(rows[:end], self.below)) is None else below + 1
        place = _last(rows[start:end], self.any)
        return None if place is None else rows[start + place].row


class Matcher:
    """The rules of one profile, ready to be matched.

    Args:
        profile: Whose rules.
    """

    def __init__(self, profile: Profile) -> None:
        self._count = len(profile.rules)
        self._by_scope: dict[Scope, list[tuple[int, _Wanted]]] = {}
        for number, rule in enumerate(profile.rules):
            wanted = (number, _wanted(profile, rule))
            self._by_scope.setdefault(rule.scope, []).append(wanted)

    def rows(self, screen: MarkedScreen) -> tuple[int | None, ...]:
        """Return for each rule of the profile the row that it matches on, or `None`."""
        found: list[int | None] = [None] * self._count
        for scope, rules in self._by_scope.items():
            rows = scope.rows(screen)
            marks = 0
            for row in rows:
                marks |= row.marks
            for number, wanted in rules:
                found[number] = wanted.row(rows, marks)
        return tuple(found)


def _wanted(profile: Profile, rule: Rule) -> _Wanted:
    mark = profile.index.mark
    return _Wanted(
        any=mark(rule.any),
        also=mark(rule.also),
        unless=mark(rule.unless),
        above=mark(rule.above),
        below=mark(rule.below),
    )


def _last(rows: tuple[MarkedRow, ...], mark: int) -> int | None:
    """Return the place of the last row that has `mark`."""
    if mark:
        for place in range(len(rows) - 1, -1, -1):
            if rows[place].marks & mark:
                return place
    return None
