"""The tree of a window: how its cells are divided among panes. Sizes count cells of the terminal.

Between two neighbours lies a border one cell wide, which belongs to neither: two panes of 40 and 39
columns fill a window of 80.

>>> from oma.model.ids import PaneId
>>> left, right = Leaf(PaneId("%0"), 40, 24), Leaf(PaneId("%1"), 39, 24)
>>> Split(Axis.COLUMNS, (left, right), columns=80, rows=24).axis
<Axis.COLUMNS: 'columns'>
"""

from enum import StrEnum

import attrs

from oma.model.ids import PaneId


class Axis(StrEnum):
    """How the children of a split lie."""

    COLUMNS = "columns"  # side by side
    ROWS = "rows"  # one above the other


@attrs.frozen
class Leaf:
    """One pane and its size."""

    pane: PaneId
    columns: int
    rows: int


@attrs.frozen
class Split:
    """An area divided into two or more cells, from left to right or from top to bottom."""

    axis: Axis
    children: "tuple[Cell, ...]"
    columns: int
    rows: int


Cell = Leaf | Split
