"""Asks for the panes of a server, with all that is known of each, or of some of its windows."""

from collections.abc import Iterable, Sequence
from operator import attrgetter

import attrs

from oma.model.events import PaneSeen
from oma.model.ids import (
    PaneId,
    SessionId,
    WindowId,
    parse_pane_id,
    parse_session_id,
    parse_window_id,
)
from oma.tmux.commands.pane_questions import ListPanes, is_pane
from oma.tmux.numbers import parse_number
from oma.tmux.queries.fields import (
    NO_CONTROLS,
    TAB,
    parse_flag,
    parse_optional_number,
    split_fields,
)

LABEL = "@oma_name"
"""Option of a pane: the name that the user gave the agent in it."""

APP = "@oma_app"
"""Option of a pane: which program reported that it runs there (`oma report`)."""

WORKTREE = "@oma_worktree"
"""Option of a session: the git worktree that its agent has."""

GROUP = "@oma_group"
"""Option of a session: the group that the user put its agents in. Set for a pane, that one's agent alone."""

NOTED = "@oma_noted"
"""Option of the server: another value whenever we give an agent a name or a group."""

LABEL_FIELD = "#{?" + LABEL + ",#{=256:#{" + NO_CONTROLS + ":" + LABEL + "}},}"
APP_FIELD = "#{?" + APP + ",#{=64:#{" + NO_CONTROLS + ":" + APP + "}},}"
GROUP_FIELD = "#{?" + GROUP + ",#{=64:#{" + NO_CONTROLS + ":" + GROUP + "}},}"

CONVERSATION = "@oma_conversation"
"""Option of a pane: the id of the conversation of the agent in it, where that was told."""

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
    # The title that tmux gives to every pane, the host's name, is none that a program set.
    "#{?#{||:#{e|>|:#{n:pane_title},1024},#{==:#{pane_title},#{host}}},,#{"
    + NO_CONTROLS
    + ":pane_title}}",
    "#{window_index}",
    "#{pane_index}",
    "#{?#{e|>|:#{n:window_name},256},,#{window_name}}",
    LABEL_FIELD,
    APP_FIELD,
    GROUP_FIELD,
    "#{pane_tty}",
)
_ACTIVE_FIELDS = (*_PANE_FIELDS, "#{window_activity}")
_LISTED_FIELDS = (
    *_ACTIVE_FIELDS,
    "#{" + NO_CONTROLS + ":pane_start_command}",
    "#{" + NO_CONTROLS + ":pane_current_path}",
)

PANES_FORMAT = TAB.join(_LISTED_FIELDS)
"""For `list-panes -a -F`."""

ACTIVE_FORMAT = TAB.join(_ACTIVE_FIELDS)
"""The same without what costs a system call and hardly ever changes: directory, and first program."""

LIST_PANES = ListPanes(PANES_FORMAT)
"""Asks for every pane of the server; `parse_panes` reads the answer."""


def answer(session: SessionId) -> ListPanes:
    """Ask for nothing of a session: how soon it is answered tells how busy the server is."""
    return ListPanes("", session, filter="0")


def pane_terminal(pane: PaneId) -> ListPanes:
    """Ask for the path of a pane's terminal, on one line."""
    return ListPanes("#{pane_tty}", pane, is_pane(pane))


def pane_directories(pane: PaneId) -> ListPanes:
    """Ask for the worktree of the agent of a pane, where it is and where it began: three lines.

    A program that has ended is nowhere; where it began tmux 3.3 and later tell.
    """
    fields = (WORKTREE, "pane_current_path", "pane_start_path")
    return ListPanes("\n".join(f"#{{{each}}}" for each in fields), pane, is_pane(pane))


def pane_conversation(pane: PaneId) -> ListPanes:
    """Ask for the conversation of the agent in a pane, on one line; empty where it was not told."""
    return ListPanes(f"#{{{CONVERSATION}}}", pane, is_pane(pane))


def shows_cursor(pane: PaneId) -> ListPanes:
    """Ask whether a pane shows its cursor: `1` or `0` on one line."""
    return ListPanes("#{cursor_flag}", pane, is_pane(pane))


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
    """Empty where no program has set one."""
    activity_epoch_s: int | None = None
    """Last output in the window, by the server's clock; `None` where it was not asked for."""
    cwd: str | None = None
    """`None` where it was not asked for."""
    start_command: str = ""
    """What the pane was made to run, as one line of a shell; empty where it was not asked for."""
    window_index: int | None = None
    """In its session; `None` where it was not asked for."""
    pane_index: int | None = None
    """In its window; `None` where it was not asked for."""
    window_name: str = ""
    label: str = ""
    """The name that the user gave the agent in it."""
    app: str = ""
    """The program that reported from it; it may have ended since."""
    group: str = ""
    """The group that the user put the agent in it in."""
    terminal: str = ""
    """The path of the terminal that its programs write to."""

    def seen(self, cwd: str, pid: int) -> PaneSeen:
        """Return what is told of the pane, with that directory and process."""
        return PaneSeen(
            pane=self.pane,
            session=self.session,
            window=self.window,
            pid=pid,
            command=self.command,
            title=self.title,
            cwd=cwd,
            columns=self.columns,
            rows=self.rows,
            dead=self.dead,
            dead_status=self.dead_status,
            window_index=self.window_index,
            pane_index=self.pane_index,
            window_name=self.window_name,
            label=self.label,
            group=self.group,
        )


told = attrgetter(
    *(
        field.name
        for field in attrs.fields(PaneRow)
        if field.name not in {"activity_epoch_s", "cwd", "start_command"}
    )
)
"""Returns what a row of an `ACTIVE_FORMAT` list says that does not change with each output."""


def parse_panes(lines: Iterable[str]) -> tuple[PaneRow, ...]:
    """Return the rows of a `PANES_FORMAT` list; an empty line, as after the last one, is none.

    Raises:
        ProtocolError: A line is not such a row.
    """
    return tuple(_listed_pane(line) for line in lines if line)


def parse_active(lines: Iterable[str]) -> tuple[PaneRow, ...]:
    """Return the rows of an `ACTIVE_FORMAT` list; an empty line is none.

    Raises:
        ProtocolError: A line is not such a row.
    """
    return tuple(_active_pane(split_fields(line, len(_ACTIVE_FIELDS))) for line in lines if line)


def _listed_pane(line: str) -> PaneRow:
    fields = split_fields(line, len(_LISTED_FIELDS))
    start_command, cwd = fields[len(_ACTIVE_FIELDS) :]
    return _active_pane(fields[: len(_ACTIVE_FIELDS)], cwd, start_command)


def _active_pane(
    fields: Sequence[str], cwd: str | None = None, start_command: str = ""
) -> PaneRow:
    session, name, unattached, window, pane, pid, columns, rows, dead, status, *more = fields
    command, title, window_index, pane_index, window_name, label, app, group, *more = more
    terminal, active = more
    return PaneRow(
        session=parse_session_id(session),
        session_name=name,
        destroy_unattached=parse_flag(unattached),
        window=parse_window_id(window),
        pane=parse_pane_id(pane),
        pid=parse_optional_number(pid) or 0,
        columns=parse_number(columns),
        rows=parse_number(rows),
        dead=parse_flag(dead),
        dead_status=parse_optional_number(status),
        command=command,
        title=title,
        activity_epoch_s=parse_optional_number(active),
        cwd=cwd,
        start_command=start_command,
        window_index=parse_number(window_index),
        pane_index=parse_number(pane_index),
        window_name=window_name,
        label=label,
        app=app,
        group=group,
        terminal=terminal,
    )
