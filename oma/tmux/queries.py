r"""The formats asked of tmux, and the parsers of what comes back, side by side.

Fields are separated by tabs, because a tab is what survives everywhere: commands print through
`vis(3)` in 3.4 and 3.5a, which turns `\037` into four characters and leaves the tab alone;
subscriptions and all other versions change nothing. No field can hold a tab or a newline: names
and titles hold no control characters by tmux's own rules, and for the directory and the command,
which may hold any byte, the format itself replaces them. What a program can make as long as it
likes is left out by the format when it is absurdly long, so that no agent can make the answer
about all others unreadable.
"""

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
from oma.tmux.grammar import parse_number

_TAB = "\t"
# One by one: tmux ends a pattern at a colon, so that `[:cntrl:]` cannot be said, and a range of
# characters means what the locale of the server wants.
NO_CONTROLS = "s/[" + "".join(map(chr, (*range(1, 32), 127))) + "]/?/"

_PANE_FIELDS = (
    "#{session_id}",
    "#{session_name}",
    "#{destroy-unattached}",
    "#{window_id}",
    "#{pane_id}",
    "#{pane_pid}",
    "#{pane_width}",
    "#{pane_height}",
    "#{pane_dead}",
    "#{pane_dead_status}",
    # 256 and 1024 bytes: above every program name and every title that is meant to be read.
    "#{?#{e|>|:#{n:pane_current_command},256},,#{" + NO_CONTROLS + ":pane_current_command}}",
    "#{?#{e|>|:#{n:pane_title},1024},,#{" + NO_CONTROLS + ":pane_title}}",
)
_LISTED_FIELDS = (
    *_PANE_FIELDS,
    "#{window_activity}",
    "#{window_width}",
    "#{window_height}",
    "#{" + NO_CONTROLS + ":pane_start_command}",
    "#{" + NO_CONTROLS + ":pane_current_path}",
)
_SESSION_FIELDS = (
    "#{session_id}",
    "#{session_name}",
    "#{destroy-unattached}",
    "#{session_windows}",
    "#{session_attached}",
    "#{pid}",
    "#{version}",
)
_SCREEN_FIELDS = (
    "#{pane_width}",
    "#{pane_height}",
    "#{cursor_x}",
    "#{cursor_y}",
    "#{alternate_on}",
    "#{cursor_flag}",
    "#{scroll_region_upper}",
    "#{scroll_region_lower}",
    "#{insert_flag}",
    "#{origin_flag}",
    "#{wrap_flag}",
)

PANES_FORMAT = _TAB.join(_LISTED_FIELDS)
"""For `list-panes -a -F`."""

# tmux 3.7 stops expanding after 100 ms and leaves the rest empty; then this is empty as well.
_COMPLETE = "#{?#{l:1},complete,}"

FLEET_SUBSCRIPTION = "#{S:#{W:#{P:" + "".join(f + _TAB for f in _PANE_FIELDS) + "}}}" + _COMPLETE
"""For `refresh-client -B`: every pane of every session of the server in one value.

Without the facts that change all the time or cost a system call each: activity and directory.
Within the loops, no comma stands outside of inner braces: 3.6 and later would read it as the
separator of a variant for the current session.
"""

SESSIONS_FORMAT = _TAB.join(_SESSION_FIELDS)
"""For `list-sessions -F`."""

SCREEN_FORMAT = _TAB.join(_SCREEN_FIELDS)
"""For `list-panes -F` of one pane."""


@attrs.frozen
class PaneRow:
    """What tmux says of one pane in one session; a linked window gives one row per session."""

    session: SessionId
    session_name: str
    destroy_unattached: bool
    """The session may end when its last client leaves."""
    window: WindowId
    pane: PaneId
    pid: int
    """0 where tmux does not tell: of a program that has ended, from 3.8 on."""
    columns: int
    rows: int
    dead: bool
    dead_status: int | None
    """Unknown for a program that a signal ended.

    Known a moment after `dead`. Before 3.6, a tmux that keeps utmp records may miss the signal:
    then it learns the status only when another of its children ends.
    """
    command: str
    title: str
    activity_epoch_s: int | None = None
    """Last output in the window, by the server's clock; `None` where it was not asked for."""
    cwd: str | None = None
    """`None` where it was not asked for."""
    window_columns: int = 0
    """0 where it was not asked for."""
    window_rows: int = 0
    """0 where it was not asked for."""
    start_command: str = ""
    """What the pane was made to run, as one line of a shell; empty where it was not asked for."""


@attrs.frozen
class SessionRow:
    """What tmux says of one session."""

    session: SessionId
    name: str
    destroy_unattached: bool
    """The session may end when its last client leaves."""
    windows: int
    attached: int
    """Clients, control clients included."""
    server_pid: int
    server_version: str
    """The server's; a client of another version may ask it."""


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
    cursor_visible: bool
    scroll_top_row: int
    """From 0, first row of the scroll region."""
    scroll_bottom_row: int
    """From 0, last row of the scroll region."""
    insert: bool
    origin: bool
    wrap: bool


def parse_panes(lines: Iterable[str]) -> tuple[PaneRow, ...]:
    """Return the rows of a `PANES_FORMAT` list; an empty line, as after the last one, is none.

    Raises:
        ProtocolError: A line is not such a row.
    """
    return tuple(_listed_pane(line) for line in lines if line)


def parse_fleet(value: str) -> tuple[PaneRow, ...]:
    """Return the rows of a value of `FLEET_SUBSCRIPTION`.

    Raises:
        ProtocolError: It is not such a value, or tmux took too long and left out a part of it.
    """
    fields = value.split(_TAB)
    width = len(_PANE_FIELDS)
    if fields.pop() != "complete" or len(fields) % width:
        message = f"not the whole fleet: {value[-200:]!r}"
        raise ProtocolError(message)
    return tuple(_pane(fields[at : at + width]) for at in range(0, len(fields), width))


def parse_sessions(lines: Iterable[str]) -> tuple[SessionRow, ...]:
    """Return the rows of a `SESSIONS_FORMAT` list; an empty line, as after the last one, is none.

    Raises:
        ProtocolError: A line is not such a row.
    """
    return tuple(_session(_fields(line, len(_SESSION_FIELDS))) for line in lines if line)


def parse_screen(lines: Sequence[str]) -> ScreenRow:
    """Return the one row of a `SCREEN_FORMAT` answer.

    Raises:
        ProtocolError: It is not one such row.
    """
    if len(lines) != 1:
        message = f"one line expected, not {len(lines)}"
        raise ProtocolError(message)
    fields = _fields(lines[0], len(_SCREEN_FIELDS))
    columns, rows, column, row, alternate, cursor, top, bottom, insert, origin, wrap = fields
    return ScreenRow(
        columns=parse_number(columns),
        rows=parse_number(rows),
        cursor_column=parse_number(column),
        cursor_row=parse_number(row),
        alternate=_flag(alternate),
        cursor_visible=_flag(cursor),
        scroll_top_row=parse_number(top),
        scroll_bottom_row=parse_number(bottom),
        insert=_flag(insert),
        origin=_flag(origin),
        wrap=_flag(wrap),
    )


def _fields(line: str, count: int) -> list[str]:
    fields = line.split(_TAB)
    if len(fields) == count:
        return fields
    message = f"{count} fields expected, not {len(fields)}: {line[:200]!r}"
    raise ProtocolError(message)


def _listed_pane(line: str) -> PaneRow:
    fields = _fields(line, len(_LISTED_FIELDS))
    activity, columns, rows, start_command, cwd = fields[len(_PANE_FIELDS) :]
    return attrs.evolve(
        _pane(fields[: len(_PANE_FIELDS)]),
        activity_epoch_s=_optional_number(activity),
        cwd=cwd,
        window_columns=parse_number(columns),
        window_rows=parse_number(rows),
        start_command=start_command,
    )


def _pane(fields: Sequence[str]) -> PaneRow:
    session, name, unattached, window, pane, pid, columns, rows, dead, status, *text = fields
    command, title = text
    return PaneRow(
        session=parse_session_id(session),
        session_name=name,
        destroy_unattached=_flag(unattached),
        window=parse_window_id(window),
        pane=parse_pane_id(pane),
        pid=_optional_number(pid) or 0,
        columns=parse_number(columns),
        rows=parse_number(rows),
        dead=_flag(dead),
        dead_status=_optional_number(status),
        command=command,
        title=title,
    )


def _session(fields: Sequence[str]) -> SessionRow:
    session, name, unattached, windows, attached, server_pid, server_version = fields
    return SessionRow(
        session=parse_session_id(session),
        name=name,
        destroy_unattached=_flag(unattached),
        windows=parse_number(windows),
        attached=parse_number(attached),
        server_pid=parse_number(server_pid),
        server_version=server_version,
    )


def _flag(text: str) -> bool:
    # destroy-unattached is a choice from 3.5 on: `keep-last` and `keep-group` may destroy as well.
    return text not in {"", "0", "off"}


def _optional_number(text: str) -> int | None:
    return parse_number(text) if text else None
