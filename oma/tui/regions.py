"""How the screen is divided: where the list, the detail and the single lines are.

Side by side where the list has all its columns and the detail has room beside it, so that a wider screen
never shows less of the list; else one above the other. What does not fit is left out, the detail first,
the list last.
"""

import attrs

from oma.tui.cells import Size

DIVIDER_COLUMNS = 3
SCROLLBAR_COLUMNS = 2
"""A blank, and the bar."""
_DETAIL_COLUMNS = 60
"""Less of a screen beside the list tells less than all of its width below."""
_DETAIL_ROWS = 4
"""The title and three rows: less of a screen tells nothing."""
_TRANSITIONS_FROM_ROWS = 12
_TITLES_FROM_ROWS = 14
"""The names of the columns are shown on screens of so many rows."""
_RECENT_ROWS = 4
_NOBODY_ROWS = 5
_NOBODY_COLUMNS = 90
_NOBODY_NARROW_ROWS = 8
"""What is said when there are no agents, also on screens of fewer columns."""


@attrs.frozen
class ListNeeds:
    """What is to be listed, and the room that it takes."""

    agents: int
    headings: int = 0
    enough_columns: int = 0
    """The width at which all columns are there."""
    most_columns: int = 0
    """The width beyond which the list has nothing more to show."""
    screen_columns: int = 80
    """Of the widest screen of an agent."""


@attrs.frozen
class Regions:
    """The division of one screen; rows and columns count from 0."""

    size: Size
    list: Size
    """Without the line of titles; its left edge is always column 0."""
    titles: bool
    """The names of the columns stand above the list."""
    detail: Size | None
    detail_column: int
    recent_rows: int
    """Rows of past transitions under the list, in its column, when side by side."""
    transitions: bool
    """One line of transitions above the last line."""

    @property
    def first_row(self) -> int:
        """The first row of the list, below the header and the titles."""
        return 1 + self.titles

    def list_row(self, row: int, column: int) -> int | None:
        """Return which row of the list, from 0, a cell is in; `None` outside of it."""
        below = row - self.first_row
        inside = 0 <= below < self.list.rows and 0 <= column < self.list.columns
        return below if inside else None


def divide(size: Size, needs: ListNeeds) -> Regions:
    """Return how a screen is divided for what is to be listed. Total."""
    body = max(0, size.rows - 2)
    titles = size.rows >= _TITLES_FROM_ROWS and needs.agents > 0
    nobody = _NOBODY_ROWS if size.columns >= _NOBODY_COLUMNS else _NOBODY_NARROW_ROWS
    entries = (needs.agents or nobody) + needs.headings
    beside = size.columns - DIVIDER_COLUMNS - needs.enough_columns
    if beside >= _DETAIL_COLUMNS and body > _DETAIL_ROWS and needs.agents:
        return _side_by_side(size, needs, entries, titles=titles)
    transitions = size.rows >= _TRANSITIONS_FROM_ROWS
    body -= transitions + titles
    rows = min(entries, body)
    if body - min(entries, 3) >= _DETAIL_ROWS:
        rows = min(entries, max(3, body * 45 // 100), body - _DETAIL_ROWS)
    left = body - rows
    detail = Size(size.columns, left) if left >= _DETAIL_ROWS else None
    return Regions(
        size=size,
        list=Size(size.columns, rows if detail is not None else body),
        titles=titles,
        detail=detail,
        detail_column=0,
        recent_rows=0,
        transitions=transitions,
    )


def _side_by_side(size: Size, needs: ListNeeds, entries: int, *, titles: bool) -> Regions:
    """Give the list enough, then the detail all of a screen, then the list all that it can use."""
    room = size.columns - DIVIDER_COLUMNS
    columns = max(needs.enough_columns, min(needs.most_columns, room - needs.screen_columns))
    body = size.rows - 2
    left = body - titles - entries
    recent_rows = left if left >= _RECENT_ROWS else 0
    transitions = not recent_rows and size.rows >= _TRANSITIONS_FROM_ROWS
    body -= transitions
    rows = body - titles - recent_rows
    if entries > rows:
        columns += SCROLLBAR_COLUMNS
    return Regions(
        size=size,
        list=Size(columns, rows),
        titles=titles,
        detail=Size(room - columns, body),
        detail_column=columns + DIVIDER_COLUMNS,
        recent_rows=recent_rows,
        transitions=transitions,
    )
