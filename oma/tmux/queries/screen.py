"""Asks for the screen of a pane, and for the state of its terminal that a capture does not show."""

from collections.abc import Sequence

import attrs

from oma.errors import ProtocolError
from oma.model.events import PaneCaptured
from oma.model.ids import PaneId
from oma.tmux.commands.command import CommandList, in_order
from oma.tmux.commands.pane_questions import CapturePane, ListPanes, is_pane
from oma.tmux.numbers import parse_number
from oma.tmux.queries.fields import TAB, parse_flag, split_fields
from oma.tmux.reply import Reply

_SCREEN_FIELDS = (
    "#{pane_width}",
    "#{pane_height}",
    "#{cursor_x}",
    "#{cursor_y}",
    "#{alternate_on}",
)

SCREEN_FORMAT = TAB.join(_SCREEN_FIELDS)
"""For `list-panes -F` of one pane."""


def capture(pane: PaneId) -> CommandList:
    """Ask for the state of a pane's terminal (`parse_screen`), then for its screen: two blocks.

    One block, an error, when there is no such pane.
    """
    state = ListPanes(SCREEN_FORMAT, pane, is_pane(pane))
    return in_order(state, CapturePane(pane, styled=True))


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

    def captured(self, pane: PaneId, data: bytes) -> PaneCaptured:
        """Return the screen of a pane in this state, whose capture printed `data`."""
        return PaneCaptured(
            pane=pane,
            columns=self.columns,
            rows=self.rows,
            cursor_column=self.cursor_column,
            cursor_row=self.cursor_row,
            alternate=self.alternate,
            data=data,
        )


@attrs.define(eq=False)
class CaptureQuery:
    """The two replies to `capture`, of which the second makes it whole."""

    pane: PaneId
    _screen: ScreenRow | None = None

    def take(self, reply: Reply) -> PaneCaptured | None:
        """Take the next reply, which is no error; return the screen once it is whole."""
        screen = self._screen
        if screen is None:
            self._screen = parse_screen(reply.lines())
            return None
        return screen.captured(self.pane, reply.data)


def parse_screen(lines: Sequence[str]) -> ScreenRow:
    """Return the one row of a `SCREEN_FORMAT` answer.

    Raises:
        ProtocolError: It is not one such row.
    """
    if len(lines) != 1:
        raise ProtocolError(f"one line expected, not {len(lines)}")
    columns, rows, column, row, alternate = split_fields(lines[0], len(_SCREEN_FIELDS))
    return ScreenRow(
        columns=parse_number(columns),
        rows=parse_number(rows),
        cursor_column=parse_number(column),
        cursor_row=parse_number(row),
        alternate=parse_flag(alternate),
    )
