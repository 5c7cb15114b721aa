"""The layout of a window as tmux writes it, such as `b25d,80x24,0,0,0`, and its tree.

A cell is `WIDTHxHEIGHT,X,Y`, followed by the number of its pane or by its children in `{}` (left
to right) or `[]` (top to bottom). The first four digits are a checksum of the rest.
"""

import re
from collections.abc import Iterator

import attrs

from oma.errors import ProtocolError
from oma.model.ids import PaneId
from oma.model.layout import Axis, Cell, Leaf, Split

_CELL = re.compile(r"(\d{1,9})x(\d{1,9}),-?\d{1,9},-?\d{1,9}(?:,(\d{1,9})|([{\[]))", re.ASCII)
_AXIS = {"{": Axis.COLUMNS, "[": Axis.ROWS}
_BRACKETS = {Axis.COLUMNS: ("{", "}"), Axis.ROWS: ("[", "]")}


@attrs.frozen
class PaneSize:
    """How much room a layout gives to a pane.

    With `pane-border-status` on, tmux takes one row of it for the border (3.2 to 3.7).
    """

    pane: PaneId
    columns: int
    rows: int


@attrs.define
class _Open:
    """A split whose children are being read."""

    axis: Axis
    columns: int
    rows: int
    children: list[Cell] = attrs.Factory(list)

    def closed(self) -> Split:
        return Split(self.axis, tuple(self.children), self.columns, self.rows)


def parse_layout(text: str) -> tuple[PaneSize, ...]:
    """Return the panes of a layout, in its order. In linear time, however deep it is.

    Raises:
        ProtocolError: `text` is not a layout, or its checksum is wrong.
    """
    return tuple(PaneSize(leaf.pane, leaf.columns, leaf.rows) for leaf in leaves(parse_tree(text)))


def leaves(cell: Cell) -> Iterator[Leaf]:
    """Give the leaves of a tree in its order, however deep it is."""
    cells = [cell]
    while cells:
        cell = cells.pop()
        if isinstance(cell, Leaf):
            yield cell
        else:
            cells.extend(reversed(cell.children))


def parse_tree(text: str) -> Cell:
    """Return the tree of a layout. In linear time, however deep it is.

    Raises:
        ProtocolError: `text` is not a layout, or its checksum is wrong.
    """
    checksum, comma, cells = text.partition(",")
    if not comma or checksum != f"{_checksum(cells):04x}":
        raise _malformed(text, "checksum")
    return parse_cells(cells)


def parse_cells(cells: str) -> Cell:
    """Return the tree of a layout that comes without its checksum.

    Raises:
        ProtocolError: `cells` is not a layout.
    """
    parents: list[_Open] = []
    at = 0
    while True:
        found = _CELL.match(cells, at)
        if found is None:
            raise _malformed(cells, "cell")
        at = found.end()
        columns, rows, number, opener = found.groups()
        if opener:
            parents.append(_Open(_AXIS[opener], int(columns), int(rows)))
            continue
        cell, at = _close(Leaf(PaneId(f"%{number}"), int(columns), int(rows)), parents, cells, at)
        if at == len(cells) and not parents:
            return cell
        if not parents or not cells.startswith(",", at):
            raise _malformed(cells, "nesting")
        at += 1


def _close(cell: Cell, parents: list[_Open], cells: str, at: int) -> tuple[Cell, int]:
    """Give a cell to its parent, and each parent that ends after it to its own."""
    while parents:
        parents[-1].children.append(cell)
        if not cells.startswith(_BRACKETS[parents[-1].axis][1], at):
            break
        cell = parents.pop().closed()
        at += 1
    return cell, at


def render_tree(cell: Cell) -> str:
    """Return the layout of a tree, for `select-layout`; the inverse of `parse_tree`.

    tmux passes over the pane numbers and gives the cells to the window's panes in its own order
    (3.2 to 3.7): a pane that is no `%` with digits is written as 0.
    """
    text = _render(cell, 0, 0)
    return f"{_checksum(text):04x},{text}"


def _render(cell: Cell, left: int, top: int) -> str:
    size = f"{cell.columns}x{cell.rows},{left},{top}"
    if isinstance(cell, Leaf):
        number = cell.pane[1:]
        return f"{size},{number if number.isdigit() else 0}"
    parts = []
    for child in cell.children:
        parts.append(_render(child, left, top))
        if cell.axis is Axis.COLUMNS:
            left += child.columns + 1
        else:
            top += child.rows + 1
    opener, closer = _BRACKETS[cell.axis]
    return f"{size}{opener}{','.join(parts)}{closer}"


def _checksum(cells: str) -> int:
    checksum = 0
    for byte in cells.encode(errors="replace"):
        checksum = ((checksum >> 1) + ((checksum & 1) << 15) + byte) & 0xFFFF
    return checksum


def _malformed(text: str, part: str) -> ProtocolError:
    return ProtocolError(f"not a layout ({part}): {text[:200]!r}")
