"""The layout of a window as tmux writes it, such as `b25d,80x24,0,0,0`, to the sizes of its panes.

A cell is `WIDTHxHEIGHT,X,Y`, followed by the number of its pane or by its children in `{}` (left
to right) or `[]` (top to bottom). The first four digits are a checksum of the rest.
"""

import re

import attrs

from oma.errors import ProtocolError
from oma.model.ids import PaneId

_CELL = re.compile(r"(\d{1,9})x(\d{1,9}),-?\d{1,9},-?\d{1,9}(?:,(\d{1,9})|([{\[]))", re.ASCII)
_CLOSER = {"{": "}", "[": "]"}


@attrs.frozen
class PaneSize:
    """How much room a layout gives to a pane.

    With `pane-border-status` on, tmux takes one row of it for the border (3.2 to 3.7).
    """

    pane: PaneId
    columns: int
    rows: int


def parse_layout(text: str) -> tuple[PaneSize, ...]:
    """Return the panes of a layout, in its order. In linear time, however deep it is.

    Raises:
        ProtocolError: `text` is not a layout, or its checksum is wrong.
    """
    checksum, comma, cells = text.partition(",")
    if not comma or checksum != f"{_checksum(cells):04x}":
        raise _malformed(text, "checksum")
    sizes: list[PaneSize] = []
    closers: list[str] = []
    at = 0
    while True:
        cell = _CELL.match(cells, at)
        if cell is None:
            raise _malformed(text, "cell")
        at = cell.end()
        columns, rows, number, opener = cell.groups()
        if opener:
            closers.append(_CLOSER[opener])
            continue
        sizes.append(PaneSize(PaneId(f"%{number}"), int(columns), int(rows)))
        while closers and cells.startswith(closers[-1], at):
            closers.pop()
            at += 1
        if at == len(cells) and not closers:
            return tuple(sizes)
        if not closers or not cells.startswith(",", at):
            raise _malformed(text, "nesting")
        at += 1


def _checksum(cells: str) -> int:
    checksum = 0
    for byte in cells.encode(errors="replace"):
        checksum = ((checksum >> 1) + ((checksum & 1) << 15) + byte) & 0xFFFF
    return checksum


def _malformed(text: str, part: str) -> ProtocolError:
    message = f"not a layout ({part}): {text[:200]!r}"
    return ProtocolError(message)
