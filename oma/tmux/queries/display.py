"""What is asked of tmux to show agents: where the dashboard's panes are, and who looks at what.

Two servers are asked: the one that the dashboard runs in, and the one that agents live on; they may
be the same.
"""

from collections.abc import Iterable

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
from oma.tmux.commands.clients import ListClients
from oma.tmux.commands.command import CommandList, in_order
from oma.tmux.commands.control import SetOption
from oma.tmux.commands.panes import ListPanes
from oma.tmux.commands.sessions import ListSessions

OWNER = "@oma_owner"
"""Option of a pane that we made: the pane of the dashboard that made it."""

SHOWN = "@oma_shows"
"""Option of a pane that we made: the name of the agent that it was last given."""


@attrs.frozen
class PlaceRow:
    """The pane that we run in, or one that we made."""

    pane: PaneId
    window: WindowId
    session: SessionId
    ours: bool
    """It is one that we made."""
    terminal: str
    """The path of its terminal: also the name of a tmux client that runs in it."""
    zoomed: bool
    """Some pane of its window is zoomed."""


@attrs.frozen
class ViewRow:
    """A client that shows a session on a terminal."""

    terminal: str
    session: SessionId


@attrs.frozen
class FitnessRow:
    """What decides whether a session can be shown."""

    session: SessionId
    destroy_unattached: bool
    """The session ends when its last client leaves."""


LIST_VIEWS = ListClients("#{client_control_mode} #{session_id} #{client_tty}")
"""Asks for the clients of the server; `parse_views` reads the answer."""


def list_places(us: PaneId) -> ListPanes:
    """Ask for the pane `us` and those that it owns; `parse_places` reads the answer."""
    owned = f"#{{==:#{{{OWNER}}},{us}}}"
    wanted = f"#{{||:#{{==:#{{pane_id}},{us}}},{owned}}}"
    fields = ("#{pane_id}", "#{window_id}", "#{session_id}", owned, "#{window_zoomed_flag}")
    return ListPanes(" ".join((*fields, "#{pane_tty}")), filter=wanted)


def parse_places(lines: Iterable[str]) -> tuple[PlaceRow, ...]:
    """Return the panes in tmux's order; one in a window of several sessions is there once.

    Raises:
        ProtocolError: A line is no answer to `list_places`.
    """
    rows: dict[PaneId, PlaceRow] = {}
    for line in filter(None, lines):
        pane, window, session, ours, zoomed, terminal = _fields(line, 6)
        row = PlaceRow(
            pane=parse_pane_id(pane),
            window=parse_window_id(window),
            session=parse_session_id(session),
            ours=_flag(ours),
            terminal=terminal,
            zoomed=_flag(zoomed),
        )
        rows.setdefault(row.pane, row)
    return tuple(rows.values())


def parse_views(lines: Iterable[str]) -> tuple[ViewRow, ...]:
    """Return the clients on terminals, without control clients and those that show no session.

    Raises:
        ProtocolError: A line is no answer to `LIST_VIEWS`.
    """
    rows = [_fields(line, 3) for line in lines if line]
    return tuple(
        ViewRow(terminal, parse_session_id(session))
        for control, session, terminal in rows
        if not _flag(control) and session and terminal
    )


def list_fitness(session: SessionId) -> ListSessions:
    """Ask whether there is the session, and its `destroy-unattached`; see `parse_fitness`."""
    this = f"#{{==:#{{session_id}},{session}}}"
    return ListSessions("#{session_id} #{destroy-unattached}", filter=this)


def parse_fitness(lines: Iterable[str]) -> FitnessRow | None:
    """Return what `list_fitness` was told; `None` when there is no such session.

    Raises:
        ProtocolError: A line is no answer to it.
    """
    for line in filter(None, lines):
        session, unattached = _fields(line, 2)
        # A choice from 3.5 on, of which some destroy.
        return FitnessRow(parse_session_id(session), unattached not in {"0", "off"})
    return None


def mark_owned(pane: PaneId, us: PaneId, name: str) -> CommandList:
    """Mark a pane that we made as ours, and as showing the agent of that name."""
    return in_order(SetOption(pane, OWNER, us), mark_shown(pane, name))


def mark_shown(pane: PaneId, name: str) -> SetOption:
    """Note the name of the agent that a pane of ours shows from now on."""
    return SetOption(pane, SHOWN, name)


def _fields(line: str, count: int) -> list[str]:
    fields = line.split(" ", count - 1)
    if len(fields) == count:
        return fields
    message = f"{count} fields expected, not {len(fields)}: {line[:200]!r}"
    raise ProtocolError(message)


def _flag(text: str) -> bool:
    if text in {"0", "1"}:
        return text == "1"
    message = f"not a flag: {text[:200]!r}"
    raise ProtocolError(message)
