"""How tmux (3.2 to 3.7) divides a window: split, close and resize on a tree, as its layout.c does.

Verified against the real one in tests/integration/test_tmux_layout.py.
"""

from collections.abc import Iterable, Mapping

from oma.model.ids import PaneId
from oma.model.layout import Axis, Cell, Leaf, Split
from oma.placement.cell_tree import panes, places
from oma.placement.facts import TitleRow
from oma.placement.plan import NEW_PANE, Step


class NoSpaceError(Exception):
    """tmux says `no space for new pane`."""


class MutableCell:
    """A mutable cell."""

    def __init__(
        self,
        columns: int,
        rows: int,
        pane: PaneId | None = None,
        axis: Axis | None = None,
        children: Iterable["MutableCell"] = (),
    ) -> None:
        self.columns, self.rows, self.pane, self.axis = columns, rows, pane, axis
        self.children = list(children)

    def size(self, axis: Axis) -> int:
        return self.columns if axis is Axis.COLUMNS else self.rows

    def grow(self, axis: Axis, change: int) -> None:
        if axis is Axis.COLUMNS:
            self.columns += change
        else:
            self.rows += change


def thaw(cell: Cell) -> MutableCell:
    if isinstance(cell, Leaf):
        return MutableCell(cell.columns, cell.rows, pane=cell.pane)
    return MutableCell(cell.columns, cell.rows, axis=cell.axis, children=map(thaw, cell.children))


def freeze(cell: MutableCell) -> Cell:
    if cell.pane is not None:
        return Leaf(cell.pane, cell.columns, cell.rows)
    assert cell.axis is not None
    return Split(cell.axis, tuple(map(freeze, cell.children)), cell.columns, cell.rows)


class Window:
    """The cells of one window; `tree` is what tmux would report."""

    def __init__(
        self, tree: Cell, title_row: TitleRow = TitleRow.OFF, bar_columns: int = 0
    ) -> None:
        self.root, self.title_row, self.bar_columns = thaw(tree), title_row, bar_columns

    @property
    def tree(self) -> Cell:
        return freeze(self.root)

    def apply(self, step: Step, new_pane: PaneId) -> None:
        """Do what a step of a plan asks for."""
        for pane in step.close:
            self.close(pane)
        if step.spawn is not None:
            self.split(step.spawn.beside, step.spawn.axis, new_pane)
        if step.tree is not None:
            named = renamed(step.tree, {NEW_PANE: new_pane})
            assert set(panes(named)) == set(panes(self.tree))
            assert (named.columns, named.rows) == (self.root.columns, self.root.rows)
            self.root = thaw(named)

    def split(self, pane: PaneId, axis: Axis, new_pane: PaneId) -> None:
        path = self._path(pane)
        cell = path[-1]
        least = 3
        if axis is Axis.ROWS and self._has_title_row(pane):
            least += 1
        if cell.size(axis) < least:
            raise NoSpaceError
        second = (cell.size(axis) + 1) // 2 - 1
        new = MutableCell(cell.columns, cell.rows, pane=new_pane)
        new.grow(axis, second - new.size(axis))
        cell.grow(axis, -(second + 1))
        if len(path) > 1 and path[-2].axis is axis:
            siblings = path[-2].children
            siblings.insert(siblings.index(cell) + 1, new)
        else:
            old = MutableCell(cell.columns, cell.rows, pane=cell.pane)
            cell.grow(axis, second + 1)
            cell.pane, cell.axis, cell.children = None, axis, [old, new]

    def close(self, pane: PaneId) -> None:
        path = self._path(pane)
        cell, parent = path[-1], path[-2]
        at = parent.children.index(cell)
        assert parent.axis is not None
        other = parent.children[at + 1 if at == 0 else at - 1]
        self._adjust(other, parent.axis, cell.size(parent.axis) + 1)
        parent.children.remove(cell)
        if len(parent.children) == 1:
            only = parent.children[0]
            if len(path) == 2:
                self.root = only
            else:
                siblings = path[-3].children
                siblings[siblings.index(parent)] = only

    def resize(self, columns: int, rows: int) -> None:
        for axis, wanted in ((Axis.COLUMNS, columns), (Axis.ROWS, rows)):
            change = wanted - self.root.size(axis)
            limit = self._spare(self.root, axis)
            if change < -limit:
                change = -limit
            if change:
                self._adjust(self.root, axis, change)

    def _adjust(self, cell: MutableCell, axis: Axis, change: int) -> None:
        cell.grow(axis, change)
        if cell.pane is not None:
            return
        if cell.axis is not axis:
            for child in cell.children:
                self._adjust(child, axis, change)
            return
        step = 1 if change > 0 else -1
        while change:
            for child in cell.children:
                if change and (step > 0 or self._spare(child, axis) > 0):
                    self._adjust(child, axis, step)
                    change -= step

    def _spare(self, cell: MutableCell, axis: Axis) -> int:
        if cell.pane is not None:
            least = 1
            if axis is Axis.ROWS and self._has_title_row(cell.pane):
                least += 1
            return max(0, cell.size(axis) - least)
        spare = [self._spare(child, axis) for child in cell.children]
        return sum(spare) if cell.axis is axis else min(spare)

    def _has_title_row(self, pane: PaneId) -> bool:
        place = next(p for p in places(self.tree) if p.leaf.pane == pane)
        if self.title_row is TitleRow.TOP:
            return place.top == 0
        bottom = place.top + place.leaf.rows
        return self.title_row is TitleRow.BOTTOM and bottom == self.root.rows

    def _path(self, pane: PaneId, cell: MutableCell | None = None) -> list[MutableCell]:
        cell = cell or self.root
        if cell.pane == pane:
            return [cell]
        for child in cell.children:
            found = self._path(pane, child)
            if found:
                return [cell, *found]
        return []


def renamed(cell: Cell, names: Mapping[PaneId, PaneId]) -> Cell:
    """Return the tree with some panes called otherwise."""
    if isinstance(cell, Leaf):
        return Leaf(names.get(cell.pane, cell.pane), cell.columns, cell.rows)
    return Split(
        cell.axis,
        tuple(renamed(child, names) for child in cell.children),
        cell.columns,
        cell.rows,
    )
