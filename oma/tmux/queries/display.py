"""What is asked of the server of agents to show them: who looks at what, and what may be shown."""

from collections.abc import Iterable

import attrs

from oma.errors import ProtocolError
from oma.model.ids import SessionId, parse_session_id
from oma.tmux.commands.clients import ListClients
from oma.tmux.commands.sessions import ListSessions


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


def _fields(line: str, count: int) -> list[str]:
    fields = line.split(" ", count - 1)
    if len(fields) == count:
        return fields
    raise ProtocolError(f"{count} fields expected, not {len(fields)}: {line[:200]!r}")


def _flag(text: str) -> bool:
    if text in {"0", "1"}:
        return text == "1"
    raise ProtocolError(f"not a flag: {text[:200]!r}")
