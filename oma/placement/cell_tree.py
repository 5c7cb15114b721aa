"""Operations on the tree of a window. All sizes stay consistent: children fill their parent."""

from collections.abc import Callable, Collection, Iterator, Sequence

import attrs

from oma.model.ids import PaneId
from oma.model.layout import Axis, Cell, Leaf, Split
from oma.placement.facts import TitleRow


@attrs.frozen
class CellPlace:
    """Where the cell of a pane is in its window, from 0."""

    left: int
    top: int
    leaf: Leaf


@attrs.frozen
class CellSize:
    """Columns and rows."""

    columns: int
    rows: int


def places(cell: Cell, left: int = 0, top: int = 0) -> Iterator[CellPlace]:
    """Give every leaf with its place, in the order of the tree."""
    if isinstance(cell, Leaf):
        yield CellPlace(left, top, cell)
        return
    for child in cell.children:
        yield from places(child, left, top)
        if cell.axis is Axis.COLUMNS:
            left += child.columns + 1
        else:
            top += child.rows + 1


def panes(cell: Cell) -> tuple[PaneId, ...]:
    """Return the panes in the order of the tree."""
    return tuple(place.leaf.pane for place in places(cell))


def join(axis: Axis, children: Sequence[Cell]) -> Cell:
    """Return children that fit each other as one cell; one child is that cell itself."""
    if len(children) == 1:
        return children[0]
    borders = len(children) - 1
    if axis is Axis.COLUMNS:
        columns = sum(child.columns for child in children) + borders
        return Split(axis, tuple(children), columns, children[0].rows)
    rows = sum(child.rows for child in children) + borders
    return Split(axis, tuple(children), children[0].columns, rows)


def prune(cell: Cell, gone: Collection[PaneId]) -> Cell | None:
    """Return the tree without some panes, smaller by their room; `None` when nothing is left."""
    if isinstance(cell, Leaf):
        return None if cell.pane in gone else cell
    left = [child for each in cell.children if (child := prune(each, gone)) is not None]
    return join(cell.axis, left) if left else None


def least(cell: Cell, of: Callable[[Leaf], CellSize]) -> CellSize:
    """Return the smallest size that gives each leaf what `of` says."""
    if isinstance(cell, Leaf):
        return of(cell)
    sizes = [least(child, of) for child in cell.children]
    borders = len(sizes) - 1
    if cell.axis is Axis.COLUMNS:
        return CellSize(sum(s.columns for s in sizes) + borders, max(s.rows for s in sizes))
    return CellSize(max(s.columns for s in sizes), sum(s.rows for s in sizes) + borders)


def fit(cell: Cell, columns: int, rows: int, of: Callable[[Leaf], CellSize]) -> Cell:
    """Return the tree at another size, in its proportions as far as each leaf gets what `of` says.

    A tree that has that size already is returned as it is.
    """
    if (cell.columns, cell.rows) == (columns, rows):
        return cell
    if isinstance(cell, Leaf):
        return Leaf(cell.pane, columns, rows)
    sizes = [least(child, of) for child in cell.children]
    borders = len(sizes) - 1
    if cell.axis is Axis.COLUMNS:
        widths = share(
            columns - borders, [c.columns for c in cell.children], [s.columns for s in sizes]
        )
        fitted = [fit(c, w, rows, of) for c, w in zip(cell.children, widths, strict=True)]
    else:
        heights = share(rows - borders, [c.rows for c in cell.children], [s.rows for s in sizes])
        fitted = [fit(c, columns, h, of) for c, h in zip(cell.children, heights, strict=True)]
    return Split(cell.axis, tuple(fitted), columns, rows)


def share(total: int, weights: Sequence[int], minimums: Sequence[int]) -> list[int]:
    """Divide `total` by weight; each part is at least its minimum, and at least 1, where it can be.

    The parts add up to `total` whenever that is at least their number.
    """
    whole = max(1, sum(weights))
    parts = [
        max(1, low, total * weight // whole) for weight, low in zip(weights, minimums, strict=True)
    ]
    by_weight = sorted(range(len(parts)), key=lambda at: (-weights[at], at))
    turn = 0
    while sum(parts) < total:
        parts[by_weight[turn % len(parts)]] += 1
        turn += 1
    while sum(parts) > total and any(part > 1 for part in parts):
        slack = [part - low for part, low in zip(parts, minimums, strict=True)]
        widest = max(range(len(parts)), key=lambda at: (parts[at] > 1, slack[at], parts[at]))
        parts[widest] -= 1
    return parts


def evenly(total: int, count: int) -> list[int]:
    """Divide `total` into `count` parts that differ by 1 at most, the larger ones first."""
    part, rest = divmod(total, count)
    return [part + (at < rest) for at in range(count)]


def without_title_row(cell: Cell, title_row: TitleRow) -> Cell:
    """Return the tree with what programs get to see: without the row that tmux takes for titles."""
    return _edge(cell, title_row, -1)


def with_title_row(cell: Cell, title_row: TitleRow) -> Cell:
    """Return the tree as tmux has it; the inverse of `without_title_row`."""
    return _edge(cell, title_row, 1)


def _edge(cell: Cell, title_row: TitleRow, change: int) -> Cell:
    if title_row is TitleRow.OFF:
        return cell
    rows = cell.rows + change
    if isinstance(cell, Leaf):
        return attrs.evolve(cell, rows=rows)
    children = list(cell.children)
    edge = 0 if title_row is TitleRow.TOP else len(children) - 1
    touched = range(len(children)) if cell.axis is Axis.COLUMNS else [edge]
    for at in touched:
        children[at] = _edge(children[at], title_row, change)
    return attrs.evolve(cell, children=tuple(children), rows=rows)
