"""What is asked of the server of agents to show them: who looks at what, and what may be shown."""

from collections.abc import Iterable

import attrs

from oma.model.ids import SessionId, parse_session_id
from oma.tmux.commands.clients import ListClients
from oma.tmux.commands.sessions import ListSessions
from oma.tmux.queries.fields import parse_flag, split_fields


@attrs.frozen
class ViewRow:
    """A client that shows a session on a terminal."""

    terminal: str
    session: SessionId


LIST_VIEWS = ListClients("#{client_control_mode} #{session_id} #{client_tty}")
"""Asks for the clients of the server; `parse_views` reads the answer."""


def parse_views(lines: Iterable[str]) -> tuple[ViewRow, ...]:
    """Return the clients on terminals, without control clients and those that show no session.

    Raises:
        ProtocolError: A line is no answer to `LIST_VIEWS`.
    """
    rows = [split_fields(line, 3, " ") for line in lines if line]
    return tuple(
        ViewRow(terminal, parse_session_id(session))
        for control, session, terminal in rows
        if not parse_flag(control) and session and terminal
    )


def list_fitness(session: SessionId) -> ListSessions:
    """Ask whether there is the session, and its `destroy-unattached`; see `parse_fitness`."""
    this = f"#{{==:#{{session_id}},{session}}}"
    return ListSessions("#{session_id} #{destroy-unattached}", filter=this)


def parse_fitness(lines: Iterable[str]) -> bool | None:
    """Return whether the session ends when its last client leaves; `None` when there is none.

    Raises:
        ProtocolError: A line is no answer to `list_fitness`.
    """
    for line in filter(None, lines):
        session, unattached = split_fields(line, 2, " ")
        parse_session_id(session)
        return parse_flag(unattached)
    return None
