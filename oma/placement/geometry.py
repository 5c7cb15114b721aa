"""How many panes a window holds, and where each stands.

A column is a stack of panes. `vertical` is one column; `horizontal` is many columns of one pane,
below the main pane; `grid` is as many columns as fit. Sizes are what programs get to see.
"""

from collections.abc import Callable, Sequence
from itertools import groupby

import attrs

from oma.model.ids import PaneId
from oma.model.layout import Axis, Cell, Leaf
from oma.placement.cell_tree import CellPlace, CellSize, evenly, fit, join, least
from oma.placement.policy import Arrangement, Policy

Columns = tuple[tuple[PaneId, ...], ...]
"""The panes of each column from top to bottom, columns from left to right."""


@attrs.frozen
class Room:
    """What a window can hold beside its main side: the main pane and what the user made there."""

    policy: Policy
    main_side: Cell
    main: PaneId
    columns: int
    """Of the window."""
    rows: int
    """Of the window, without a row for titles."""
    main_size: int
    """Columns of the main side, or rows where agents stand below it; 0 when there is no room."""
    most_columns: int
    """How many columns of agent panes fit side by side."""
    most_rows: int
    """How many agent panes fit in one column."""

    @property
    def capacity(self) -> int:
        """How many agent panes there may be."""
        return min(self.most_columns * self.most_rows, self.policy.most_panes)


def room(main_side: Cell, main: PaneId, columns: int, rows: int, policy: Policy) -> Room:
    """Return the room in a window of this size, without a row for titles."""
    below = policy.arrangement is Arrangement.HORIZONTAL
    low = least(main_side, limits(main_side, main, policy))
    low = CellSize(max(low.columns, policy.main_min_columns), max(low.rows, policy.min_rows))
    total, low_size, agent_size = (
        (rows, low.rows, policy.min_rows)
        if below
        else (columns, low.columns, policy.agent_min_columns)
    )
    most = total - 1 - agent_size
    if columns < low.columns or rows < low.rows or most < low_size:
        return Room(policy, main_side, main, columns, rows, 0, 0, 0)
    main_size = min(most, max(low_size, total * policy.main_percent // 100))
    area = (
        CellSize(columns, rows - 1 - main_size)
        if below
        else CellSize(columns - 1 - main_size, rows)
    )
    return Room(
        policy,
        main_side,
        main,
        columns,
        rows,
        main_size,
        1
        if policy.arrangement is Arrangement.VERTICAL
        else (area.columns + 1) // (policy.agent_min_columns + 1),
        1 if below else (area.rows + 1) // (policy.min_rows + 1),
    )


def limits(main_side: Cell, main: PaneId, policy: Policy) -> Callable[[Leaf], CellSize]:
    """Return how small each pane of the main side may become.

    A pane that the user made smaller than its minimum is not made larger for that.
    """
    alone = isinstance(main_side, Leaf)

    def of(leaf: Leaf) -> CellSize:
        columns = policy.main_min_columns if leaf.pane == main else policy.agent_min_columns
        size = CellSize(columns, policy.min_rows)
        return size if alone else CellSize(min(columns, leaf.columns), min(size.rows, leaf.rows))

    return of


def found_columns(tiles: Sequence[CellPlace]) -> Columns:
    """Return the columns in which panes stand now."""
    ordered = sorted(tiles, key=lambda place: (place.left, place.top))
    return tuple(
        tuple(place.leaf.pane for place in column)
        for _, column in groupby(ordered, key=lambda place: place.left)
    )


def fill(columns: Columns, joining: Sequence[PaneId], room: Room) -> Columns:
    """Return the columns that hold these panes and the joining ones, moving as few as possible.

    Columns differ by one pane at most. There are as many as fit, and no more than panes.
    """
    count = sum(map(len, columns)) + len(joining)
    width = min(count, room.most_columns)
    if width == 0:
        return ()
    kept = [list(column) for column in columns[:width]]
    kept += [[] for _ in range(width - len(kept))]
    loose = [pane for column in columns[width:] for pane in column]
    for pane in (*loose, *joining):
        min(kept, key=len).append(pane)
    while len(longest := max(kept, key=len)) - len(shortest := min(kept, key=len)) > 1:
        shortest.append(longest.pop())
    return tuple(map(tuple, kept))


def arrange(columns: Columns, room: Room) -> Cell:
    """Return the tree of the whole window, without a row for titles; no agent panes is possible."""
    of = limits(room.main_side, room.main, room.policy)
    if not columns:
        return fit(room.main_side, room.columns, room.rows, of)
    below = room.policy.arrangement is Arrangement.HORIZONTAL
    if below:
        main_side = fit(room.main_side, room.columns, room.main_size, of)
        area = CellSize(room.columns, room.rows - 1 - room.main_size)
    else:
        main_side = fit(room.main_side, room.main_size, room.rows, of)
        area = CellSize(room.columns - 1 - room.main_size, room.rows)
    widths = evenly(area.columns - (len(columns) - 1), len(columns))
    stacks = [
        _stack(column, width, area.rows) for column, width in zip(columns, widths, strict=True)
    ]
    if below:
        return join(Axis.ROWS, [main_side, join(Axis.COLUMNS, stacks)])
    return join(Axis.COLUMNS, [main_side, *stacks])


def _stack(column: Sequence[PaneId], columns: int, rows: int) -> Cell:
    heights = evenly(rows - (len(column) - 1), len(column))
    leaves = [Leaf(pane, columns, height) for pane, height in zip(column, heights, strict=True)]
    return join(Axis.ROWS, leaves)
