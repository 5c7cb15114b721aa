"""What is asked of tmux about a window of agent panes, and the commands that change it.

A pane that we made carries its mark among the words of its program, so that making and marking it
are one act, and no option of anybody is touched: `oma-tile:MAIN:SESSION:BEFORE`, with the numbers
of the main pane and of the agent's session (empty for a person's program), and the window's layout
from before the first such pane, written with `h H v V _` for `{ } [ ] ,`.

A change is one command that tmux runs only if the window is still as it was seen.
"""

import re
from collections.abc import Iterable, Sequence

import attrs

from oma.errors import ProtocolError
from oma.model.ids import (
    PaneId,
    SessionId,
    WindowId,
    parse_pane_id,
    parse_session_id,
    parse_window_id,
)
from oma.model.layout import Axis, Cell
from oma.tmux.commands.clients import Subscribe
from oma.tmux.commands.command import Command, CommandList
from oma.tmux.commands.control import IfShell, Print
from oma.tmux.commands.panes import KillPane, ListPanes, SelectLayout, SplitWindow, SwapPanes
from oma.tmux.layout import leaves, parse_cells, render_tree
from oma.tmux.queries.fields import NO_CONTROLS

CHANGED = "changed"
"""What `change` prints when the window was not as it was seen: nothing was done."""

_MARK = re.compile(r"\boma-tile:(\d{1,9}):(\d{0,9}):([0-9xhHvV_]{0,4000})\b", re.ASCII)
_BAR_PART = re.compile(r"\b(width|pad)=(\d{1,3})", re.ASCII)
_SAFE = str.maketrans("{}[],", "hHvV_")
_UNSAFE = str.maketrans("hHvV_", "{}[],")

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
    "#{" + NO_CONTROLS + ":pane_start_command}",
)


@attrs.frozen
class Mark:
    """What a pane that we made says about itself."""

    main: PaneId
    session: SessionId | None
    before: Cell | None
    """`None` where it cannot be read."""


@attrs.frozen
class TilingRow:
    """One pane of the server in one session."""

    session: SessionId
    window: WindowId
    layout: str
    size: str
    """Of the window, `200x50`."""
    zoomed: bool
    border_status: str
    pane: PaneId
    active: bool
    """The one of its window that has the keyboard."""
    dead: bool
    mark: Mark | None
    """`None` for a pane that we did not make."""
    bar_columns: int = 0
    """What a scrollbar takes of it, but on the alternate screen; 0 where it shows in modes only."""


@attrs.frozen
class NewPane:
    """A pane to be made."""

    beside: PaneId
    axis: Axis
    program: tuple[str, ...]
    """Its words; run as they are, by no shell."""
    cwd: str | None = None


def mark(main: PaneId, session: SessionId | None, before: Cell) -> str:
    """Return the word that marks a pane of ours."""
    _, _, layout = render_tree(before).partition(",")
    return (
        f"oma-tile:{main[1:]}:{'' if session is None else session[1:]}:{layout.translate(_SAFE)}"
    )


LIST_TILING = ListPanes("\t".join(_FIELDS))
"""Asks for every pane of the server; `parse_tiling` reads the answer."""

WATCH_BORDERS = Subscribe("borders", "#{W:#{pane-border-status} #{pane-scrollbars} }")
"""Has tmux tell, within a second, when an option takes cells of panes or gives them back.

What it tells is a `SubscriptionChanged`; the first comes unasked.
"""


def parse_tiling(lines: Iterable[str]) -> tuple[TilingRow, ...]:
    """Return the rows of `LIST_TILING`; an empty line is none.

    Raises:
        ProtocolError: A line is not such a row.
    """
    return tuple(_row(line) for line in lines if line)


def change(
    seen: TilingRow,
    order: Sequence[PaneId],
    closing: Sequence[PaneId],
    new: NewPane | None,
    tree: Cell | None,
) -> IfShell:
    """Return the command that closes panes, makes one, and arranges all, if nothing has changed.

    Prints the id of the new pane, or `CHANGED`.

    Args:
        seen: A row of the window, as it must still be.
        order: Its panes in tmux's order.
        closing: Those to close.
        new: The one to make after that; it comes right after the pane that it is split off.
        tree: How the window is divided then, or `None` to leave it to tmux. A pane in it that is
            not in `order` is the new one.
    """
    commands: list[Command] = [KillPane(pane) for pane in closing]
    left = [pane for pane in order if pane not in closing]
    if tree is not None:
        commands += _swaps(left, [leaf.pane for leaf in leaves(tree) if leaf.pane in left])
    if new is not None:
        commands.append(SplitWindow(new.beside, new.program, new.axis, cwd=new.cwd))
    if tree is not None:
        commands.append(SelectLayout(seen.window, render_tree(tree)))
    checksum = seen.layout[:4]
    shown = "#{=4:window_layout} #{window_width}x#{window_height} #{window_zoomed_flag}"
    condition = f"#{{==:{shown},{checksum} {seen.size} 0}}"
    return IfShell(condition, CommandList(tuple(commands)), Print(CHANGED), seen.window)


def _swaps(have: Sequence[PaneId], want: Sequence[PaneId]) -> list[Command]:
    order = list(have)
    commands: list[Command] = []
    for at, pane in enumerate(want):
        if order[at] != pane:
            commands.append(SwapPanes(pane, order[at]))
            there = order.index(pane)
            order[at], order[there] = order[there], order[at]
    return commands


def _row(line: str) -> TilingRow:
    fields = line.split("\t")
    if len(fields) != len(_FIELDS):
        message = f"{len(_FIELDS)} fields expected, not {len(fields)}: {line[:200]!r}"
        raise ProtocolError(message)
    session, window, layout, size, zoomed, border, bars, style, *of_pane = fields
    pane, active, dead, program = of_pane
    return TilingRow(
        session=parse_session_id(session),
        window=parse_window_id(window),
        layout=layout,
        size=size,
        zoomed=zoomed == "1",
        border_status=border,
        pane=parse_pane_id(pane),
        active=active == "1",
        dead=dead == "1",
        mark=_parse_mark(program),
        bar_columns=_bar_columns(style) if bars == "on" else 0,
    )


def _bar_columns(style: str) -> int:
    """Return the columns that a `pane-scrollbars-style` asks for."""
    asked = dict(_BAR_PART.findall(style))
    return int(asked.get("width", 1)) + int(asked.get("pad", 0))


def _parse_mark(program: str) -> Mark | None:
    found = _MARK.search(program)
    if found is None:
        return None
    main, session, before = found.groups()
    return Mark(
        main=PaneId(f"%{main}"),
        session=SessionId(f"${session}") if session else None,
        before=_parse_before(before),
    )


def _parse_before(text: str) -> Cell | None:
    try:
        return parse_cells(text.translate(_UNSAFE))
    except ProtocolError:
        return None
