"""The state of a pane's terminal that a capture does not show, and the screen that the two make.

Where a program ends and its pane stays, tmux scrolls the screen up by a row and writes a notice on the last one. The
screen as it was then is made of the capture and the row above it; that one is lost where the pane keeps no history,
or shows the alternate screen.
"""

from collections.abc import Sequence

import attrs

from oma.errors import ProtocolError
from oma.model.events import PaneCaptured
from oma.model.ids import PaneId
from oma.tmux.numbers import parse_number
from oma.tmux.queries.fields import TAB, parse_flag, split_fields

_SCREEN_FIELDS = (
    "#{pane_width}",
    "#{pane_height}",
    "#{cursor_x}",
    "#{cursor_y}",
    "#{alternate_on}",
)

# The option came with 3.3; 3.2 always writes a notice.
_HAS_NOTICE = "#{||:#{m:3.2*,#{version}},#{!=:#{remain-on-exit-format},}}"

_ENDED_FIELDS = (*_SCREEN_FIELDS, "#{pane_dead}", "#{history_size}", _HAS_NOTICE)

SCREEN_FORMAT = TAB.join(_SCREEN_FIELDS)
"""For `list-panes -F` of one pane."""

ENDED_FORMAT = TAB.join(_ENDED_FIELDS)
"""The same of one whose program has ended, which is captured with the row above its screen."""


@attrs.frozen
class EndedProgram:
    """What there is besides where a program has ended and its pane stays."""

    has_ended: bool
    """Not so where another one was started in it meanwhile."""
    has_history: bool
    """The first row that was captured had scrolled away."""
    has_notice: bool
    """tmux has written that it ended."""


@attrs.frozen
class ScreenRow:
    """The state of a pane's terminal that a capture does not show."""

    columns: int
    rows: int
    cursor_column: int
    """From 0; equal to `columns` when the next character wraps."""
    cursor_row: int
    """From 0."""
    alternate: bool
    ended: EndedProgram | None = None
    """`None` where that was not asked for."""

    def captured(self, pane: PaneId, data: bytes) -> PaneCaptured:
        """Return the screen of a pane in this state, whose capture printed `data`."""
        ended = self.ended
        if ended is None:
            return self._screen(pane, data, self.cursor_column, self.cursor_row)
        rows = data.removesuffix(b"\n").split(b"\n")
        scrolled = rows.pop(0) if ended.has_history else b""
        if not (ended.has_ended and ended.has_notice):
            return self._screen(pane, _lines(rows), self.cursor_column, self.cursor_row)
        # tmux leaves the cursor before its notice, also where that takes several rows.
        rows = [b"" if self.alternate else scrolled, *rows[: self.cursor_row]][-self.rows :]
        last = max((at for at, row in enumerate(rows) if row), default=0)
        return self._screen(pane, _lines(rows), 0, last)

    def _screen(self, pane: PaneId, data: bytes, column: int, row: int) -> PaneCaptured:
        return PaneCaptured(
            pane=pane,
            columns=self.columns,
            rows=self.rows,
            cursor_column=column,
            cursor_row=row,
            alternate=self.alternate,
            data=data,
        )


def parse_screen(lines: Sequence[str]) -> ScreenRow:
    """Return the one row of a `SCREEN_FORMAT` or an `ENDED_FORMAT` answer.

    Raises:
        ProtocolError: It is not one such row.
    """
    if len(lines) != 1:
        raise ProtocolError(f"one line expected, not {len(lines)}")
    asks_more = lines[0].count(TAB) >= len(_SCREEN_FIELDS)
    fields = split_fields(lines[0], len(_ENDED_FIELDS if asks_more else _SCREEN_FIELDS))
    columns, rows, column, row, alternate, *more = fields
    ended = None
    if more:
        has_ended, history, has_notice = more
        has_history = parse_number(history) > 0
        ended = EndedProgram(parse_flag(has_ended), has_history, parse_flag(has_notice))
    return ScreenRow(
        columns=parse_number(columns),
        rows=parse_number(rows),
        cursor_column=parse_number(column),
        cursor_row=parse_number(row),
        alternate=parse_flag(alternate),
        ended=ended,
    )


def _lines(rows: Sequence[bytes]) -> bytes:
    return b"".join(row + b"\n" for row in rows)
