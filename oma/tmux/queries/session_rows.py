"""Asks for the sessions of a server."""

from collections.abc import Iterable, Sequence

import attrs

from oma.model.ids import SessionId, parse_session_id
from oma.tmux.commands.sessions import ListSessions
from oma.tmux.numbers import parse_number
from oma.tmux.queries.fields import TAB, parse_flag, split_fields

_SESSION_FIELDS = (
    "#{session_id}",
    "#{session_name}",
    "#{destroy-unattached}",
    "#{pid}",
    "#{version}",
)

SESSIONS_FORMAT = TAB.join(_SESSION_FIELDS)
"""For `list-sessions -F`."""

LIST_SESSIONS = ListSessions(SESSIONS_FORMAT)
"""Asks for every session; `parse_sessions` reads the answer."""


@attrs.frozen
class SessionRow:
    """What tmux says of one session."""

    session: SessionId
    name: str
    destroy_unattached: bool
    """The session may end when its last client leaves."""
    server_pid: int
    server_version: str
    """The server's; a client of another version may ask it."""


def parse_sessions(lines: Iterable[str]) -> tuple[SessionRow, ...]:
    """Return the rows of a `SESSIONS_FORMAT` list; an empty line, as after the last one, is none.

    Raises:
        ProtocolError: A line is not such a row.
    """
    return tuple(_session(split_fields(line, len(_SESSION_FIELDS))) for line in lines if line)


def _session(fields: Sequence[str]) -> SessionRow:
    session, name, unattached, server_pid, server_version = fields
    return SessionRow(
        session=parse_session_id(session),
        name=name,
        destroy_unattached=parse_flag(unattached),
        server_pid=parse_number(server_pid),
        server_version=server_version,
    )
