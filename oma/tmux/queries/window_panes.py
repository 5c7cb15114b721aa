"""Asks for the panes of a server with the windows that they divide, and which of them are ours."""

import re
from collections.abc import Iterable

import attrs

from oma.model.ids import (
    PaneId,
    SessionId,
    WindowId,
    parse_pane_id,
    parse_session_id,
    parse_window_id,
)
from oma.tmux.commands.pane_questions import ListPanes
from oma.tmux.pane_mark import Mark, PaneRole, parse_mark
from oma.tmux.queries.fields import NO_CONTROLS, TAB, split_fields

_BAR_PART = re.compile(r"\b(width|pad)=(\d{1,3})", re.ASCII)

ENDED = "@oma_ended"
"""Option of a right pane of ours: the view of one pane that it was made for has ended."""

_FIELDS = (
    "#{session_id}",
    "#{window_id}",
    "#{window_layout}",
    "#{window_width}x#{window_height}",
    "#{window_zoomed_flag}",
    "#{pane-border-status}",
    "#{pane-scrollbars}",  # from 3.6 on; empty before
    "#{" + NO_CONTROLS + ":pane-scrollbars-style}",
    "#{pane_id}",
    "#{pane_active}",
    "#{pane_dead}",
    "#{pane_tty}",
    "#{" + ENDED + "}",
    "#{" + NO_CONTROLS + ":pane_start_command}",
)

LIST_WINDOW_PANES = ListPanes(TAB.join(_FIELDS))
"""Asks for every pane of the server; `parse_window_panes` reads the answer."""


@attrs.frozen
class WindowPane:
    """One pane of the server in one session; a linked window gives one row per session."""

    session: SessionId
    window: WindowId
    layout: str
    size: str
    """Of the window, `200x50`."""
    zoomed: bool
    """Some pane of its window is zoomed."""
    border_status: str
    pane: PaneId
    active: bool
    """The one of its window that has the keyboard."""
    dead: bool
    mark: Mark | None
    """`None` for a pane that we did not make."""
    terminal: str = ""
    """The path of its terminal: also the name of a tmux client that runs in it."""
    bar_columns: int = 0
    """What a scrollbar takes of it, but on the alternate screen; 0 where it shows in modes only."""
    ended: bool = False
    """As `ENDED` says."""
    program: str = ""
    """What it was made to run, as one line of a shell."""

    def is_made_around(self, main: PaneId, role: PaneRole) -> bool:
        """Say whether it is a pane of ours with this role around that pane."""
        return self.mark is not None and self.mark.main == main and self.mark.role is role


def parse_window_panes(lines: Iterable[str]) -> tuple[WindowPane, ...]:
    """Return the rows of `LIST_WINDOW_PANES`; an empty line is none.

    Raises:
        ProtocolError: A line is not such a row.
    """
    return tuple(_row(line) for line in lines if line)


def _row(line: str) -> WindowPane:
    session, window, layout, size, zoomed, border, bars, style, *of_pane = split_fields(
        line, len(_FIELDS)
    )
    pane, active, dead, terminal, ended, program = of_pane
    return WindowPane(
        session=parse_session_id(session),
        window=parse_window_id(window),
        layout=layout,
        size=size,
        zoomed=zoomed == "1",
        border_status=border,
        pane=parse_pane_id(pane),
        active=active == "1",
        dead=dead == "1",
        mark=parse_mark(program),
        terminal=terminal,
        bar_columns=_bar_columns(style) if bars == "on" else 0,
        ended=ended == "1",
        program=program,
    )


def _bar_columns(style: str) -> int:
    """Return the columns that a `pane-scrollbars-style` asks for."""
    asked = dict(_BAR_PART.findall(style))
    return int(asked.get("width", 1)) + int(asked.get("pad", 0))
