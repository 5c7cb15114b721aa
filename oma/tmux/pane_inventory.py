"""What tmux last said of the watched sessions and panes, and how that differs from now.

Pure: rows in, events out, in an order that depends on the rows alone.
"""

from collections.abc import Callable, Iterable

import attrs

from oma.model.events import (
    Event,
    PaneClosed,
    PaneResized,
    PaneSeen,
    SessionClosed,
    SessionOpened,
    SessionRenamed,
)
from oma.model.ids import PaneId, SessionId
from oma.tmux.layout_strings import PaneSize
from oma.tmux.queries.panes import PaneRow

UNWATCHABLE = "destroy-unattached is set: the session would end when oma leaves it"


@attrs.define
class PaneInventory:
    """The watched sessions and panes of one server.

    Args:
        keeps_renamed: A session stays watched under any name: who watches one agent means that one.
    """

    keeps_renamed: bool = False
    _names: dict[SessionId, str] = attrs.Factory(dict)
    _panes: dict[PaneId, PaneSeen] = attrs.Factory(dict)

    def update(
        self,
        rows: Iterable[PaneRow],
        watched: Callable[[str], bool],
        server_time_s: int | None,
    ) -> list[Event]:
        """Take the rows of all panes of the server; return what changed.

        What ended comes first: sessions, each with its panes and without a word on those, then
        panes. Then the sessions in the order of their ids, each with its panes as tmux lists them.
        A session is watched while its name is. A pane that several sessions
        show belongs to the one it was first seen in, while that shows it; at first, to the oldest.

        Args:
            rows: One per session and pane; a session without a row has ended.
            watched: Whether a session of this name is an agent.
            server_time_s: The server's clock at the rows, where known: a new pane's `idle_s`
                needs it.
        """
        listed: dict[SessionId, list[PaneRow]] = {}
        others: dict[SessionId, str] = {}
        for row in rows:
            if watched(row.session_name) or (self.keeps_renamed and row.session in self._names):
                listed.setdefault(row.session, []).append(row)
            else:
                others[row.session] = row.session_name
        # By number without `int`, which refuses thousands of digits.
        sessions = sorted(listed, key=_by_number)
        owned = self._owned(listed[session] for session in sessions)
        events = self._ended(owned, listed, others)
        for session in sessions:
            events += self._named(listed[session][0])
            for row in listed[session]:
                if owned[row.pane] is row:
                    events += self._seen(row, server_time_s)
        return events

    def resize(self, sizes: Iterable[PaneSize]) -> list[Event]:
        """Take the sizes that a layout gives; return a `PaneResized` for each change.

        Panes that are not watched are passed over.
        """
        events: list[Event] = []
        for size in sizes:
            known = self._panes.get(size.pane)
            if known is not None:
                events += self._resized(known, size.columns, size.rows)
        return events

    def owner(self, pane: PaneId) -> SessionId | None:
        """Return the session that a watched pane belongs to."""
        known = self._panes.get(pane)
        return None if known is None else known.session

    def clear(self) -> list[Event]:
        """Forget everything: the server is gone. There are no events, `ServerLost` says it all."""
        self._names.clear()
        self._panes.clear()
        return []

    def _owned(self, sessions: Iterable[list[PaneRow]]) -> dict[PaneId, PaneRow]:
        owned: dict[PaneId, PaneRow] = {}
        for rows in sessions:
            for row in rows:
                owner = owned.setdefault(row.pane, row)
                known = self._panes.get(row.pane)
                if known is not None and known.session == row.session != owner.session:
                    owned[row.pane] = row
        return owned

    def _ended(
        self,
        owned: dict[PaneId, PaneRow],
        listed: dict[SessionId, list[PaneRow]],
        others: dict[SessionId, str],
    ) -> list[Event]:
        events: list[Event] = []
        for session in sorted(self._names.keys() - listed.keys(), key=_by_number):
            del self._names[session]
            events.append(SessionClosed(session, others.get(session)))
        for pane, known in list(self._panes.items()):
            row = owned.get(pane)
            if row is None or row.session != known.session:
                del self._panes[pane]
                if known.session in self._names:
                    events.append(PaneClosed(pane))
        return events

    def _named(self, row: PaneRow) -> list[Event]:
        name = self._names.get(row.session)
        if name == row.session_name:
            return []
        self._names[row.session] = row.session_name
        if name is not None:
            return [SessionRenamed(row.session, row.session_name)]
        unwatchable = UNWATCHABLE if row.destroy_unattached else None
        return [SessionOpened(row.session, row.session_name, unwatchable)]

    def _seen(self, row: PaneRow, server_time_s: int | None) -> list[Event]:
        known = self._panes.get(row.pane)
        if known is None:
            seen = self._panes[row.pane] = _as_seen(row, row.cwd or "", row.pid)
            return [attrs.evolve(seen, idle_s=_idle_s(row, server_time_s))]
        events = self._resized(known, row.columns, row.rows)
        seen = _as_seen(row, known.cwd if row.cwd is None else row.cwd, row.pid or known.pid)
        if seen != self._panes[row.pane]:
            self._panes[row.pane] = seen
            events.append(seen)
        return events

    def _resized(self, known: PaneSeen, columns: int, rows: int) -> list[Event]:
        if (known.columns, known.rows) == (columns, rows):
            return []
        self._panes[known.pane] = attrs.evolve(known, columns=columns, rows=rows)
        return [PaneResized(known.pane, columns, rows)]


def _by_number(session: SessionId) -> tuple[int, str]:
    return len(session), session


def _idle_s(row: PaneRow, server_time_s: int | None) -> float | None:
    if server_time_s is None or row.activity_epoch_s is None:
        return None
    return float(max(0, server_time_s - row.activity_epoch_s))


def _as_seen(row: PaneRow, cwd: str, pid: int) -> PaneSeen:
    return PaneSeen(
        pane=row.pane,
        session=row.session,
        window=row.window,
        pid=pid,
        command=row.command,
        title=row.title,
        cwd=cwd,
        columns=row.columns,
        rows=row.rows,
        dead=row.dead,
        dead_status=row.dead_status,
    )
