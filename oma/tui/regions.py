"""How the screen is divided: where the list, the detail and the single lines are.

Side by side where there are columns for both, else one above the other; what does not fit is left
out, the detail first, the list last.
"""

import attrs

from oma.tui.cells import Size

SIDE_BY_SIDE_COLUMNS = 110
CARD_ROWS = 4
"""Of an agent's card, its border included."""

DIVIDER_COLUMNS = 3
_LIST_COLUMNS = (46, 76)
_DETAIL_ROWS = 4
"""The title and three rows: less of a screen tells nothing."""
_TRANSITIONS_FROM_ROWS = 12
_RECENT_ROWS = 4
_NOBODY_ROWS = 5
"""What is said when there are no agents."""


@attrs.frozen
class Regions:
    """The division of one screen; rows and columns count from 0."""

    size: Size
    list: Size
    """Its top left corner is always row 1, column 0."""
    agent_rows: int
    """Of each agent in the list: 1, or those of a card."""
    detail: Size | None
    detail_column: int
    recent_rows: int
    """Rows of past transitions under the list, in its column, when side by side."""
    transitions: bool
    """One line of transitions above the last line."""

    @property
    def listed(self) -> int:
        """How many agents are seen at once."""
        return self.list.rows // self.agent_rows

    def list_row(self, row: int, column: int) -> int | None:
        """Return which row of the list, from 0, a cell is in; `None` outside of it."""
        inside = 1 <= row <= self.list.rows and 0 <= column < self.list.columns
        return row - 1 if inside else None


def divide(size: Size, agents: int, headings: int = 0) -> Regions:
    """Return how a screen is divided when there are that many agents, and headings, to list. Total."""
    body = max(0, size.rows - 2)
    agents = agents or _NOBODY_ROWS
    if size.columns >= SIDE_BY_SIDE_COLUMNS and body > _DETAIL_ROWS:
        return _side_by_side(size, agents, headings, body)
    transitions = size.rows >= _TRANSITIONS_FROM_ROWS
    body -= transitions
    entries = agents + headings
    rows = min(entries, body)
    if body - min(entries, 3) >= _DETAIL_ROWS:
        rows = min(entries, max(3, body * 45 // 100), body - _DETAIL_ROWS)
    left = body - rows
    detail = Size(size.columns, left) if left >= _DETAIL_ROWS else None
    return Regions(
        size=size,
        list=Size(size.columns, rows if detail is not None else body),
        agent_rows=1,
        detail=detail,
        detail_column=0,
        recent_rows=0,
        transitions=transitions,
    )


def _side_by_side(size: Size, agents: int, headings: int, body: int) -> Regions:
    columns = min(_LIST_COLUMNS[1], max(_LIST_COLUMNS[0], size.columns * 2 // 5))
    agent_rows = CARD_ROWS if agents * CARD_ROWS + headings <= body else 1
    used = agents * agent_rows + headings
    recent_rows = body - used if body - used >= _RECENT_ROWS else 0
    return Regions(
        size=size,
        list=Size(columns, body - recent_rows),
        agent_rows=agent_rows,
        detail=Size(size.columns - columns - DIVIDER_COLUMNS, body),
        detail_column=columns + DIVIDER_COLUMNS,
        recent_rows=recent_rows,
        transitions=False,
    )
