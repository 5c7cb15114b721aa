"""What tmux last said of the watched sessions and panes, and how that differs from now.

Pure: rows in, events out, in an order that depends on the rows alone. Watched are all panes of a
session whose name is an agent's, and every pane in which an agent was found.
"""

from collections.abc import Callable, Collection, Iterable

import attrs

from oma.model import events
from oma.model.ids import PaneId, SessionId, WindowId
from oma.tmux.layout_strings import PaneSize
from oma.tmux.queries.panes import PaneRow, told

UNWATCHABLE = "destroy-unattached is set: the session would end when oma leaves it"


@attrs.frozen
class _Session:
    name: str
    is_agent: bool


@attrs.define
class PaneInventory:
    """The watched sessions and panes of one server.

    Args:
        keeps_renamed: A session stays watched under any name: who watches one agent means that one.
    """

    keeps_renamed: bool = False
    rows: tuple[PaneRow, ...] = ()
    """Of every pane of the server, as tmux told last; the directory as it told when asked."""
    _found: dict[PaneId, None] = attrs.Factory(dict)
    _sessions: dict[SessionId, _Session] = attrs.Factory(dict)
    _panes: dict[PaneId, events.PaneSeen] = attrs.Factory(dict)
    _followed: frozenset[PaneId] = frozenset()
    _watched: Callable[[str], bool] = lambda _name: False
    _server_time_s: int | None = None
    _sizes_told: bool = False
    """A layout told of others than `rows`."""

    def update(
        self,
        rows: Iterable[PaneRow],
        watched: Callable[[str], bool],
        server_time_s: int | None,
    ) -> list[events.Event]:
        """Take the rows of all panes of the server; return what changed.

        What moved to another session comes first, then what ended: sessions, each with its panes
        and without a word on those, then panes. Then the sessions in the order of their ids, each
        with its panes as tmux lists them. A pane that several sessions
        show belongs to the one it was first seen in, while that shows it; at first, to the oldest.

        Args:
            rows: One per session and pane; a session without a row has ended.
            watched: Whether a session of this name is an agent.
            server_time_s: The server's clock at the rows, where known: a new pane's `idle_s`
                needs it.
        """
        before = {row.pane: row for row in self.rows}
        self.rows = tuple(_completed(row, before.get(row.pane)) for row in rows)
        self._watched, self._server_time_s = watched, server_time_s
        there = {row.pane for row in self.rows}
        self._found = {pane: None for pane in self._found if pane in there}
        return self._compare()

    def lacks(self, windows: Collection[WindowId], rows: Collection[PaneRow]) -> bool:
        """Say whether a pane that was in one of these windows is in none of their rows now."""
        there = {row.pane for row in rows}
        return any(row.window in windows and row.pane not in there for row in self.rows)

    def refresh(
        self,
        windows: Collection[WindowId],
        rows: Iterable[PaneRow],
        watched: Callable[[str], bool],
    ) -> list[events.Event]:
        """Take the rows of all panes of some windows, as `update` takes those of the server; none may lack."""
        fresh: dict[tuple[SessionId, WindowId], list[PaneRow]] = {}
        for row in rows:
            fresh.setdefault((row.session, row.window), []).append(row)
        there: list[PaneRow] = []
        for row in self.rows:
            there += fresh.pop((row.session, row.window), ()) if row.window in windows else [row]
        there += (row for new in fresh.values() for row in new)
        if len(there) == len(self.rows) and not self._sizes_told:
            same = [row for row in map(_unchanged, there, self.rows) if row is not None]
            if len(same) == len(there):
                self.rows = tuple(same)
                return []
        return self.update(there, watched, None)

    def find(self, pane: PaneId) -> list[events.Event]:
        """Watch a pane, for an agent was found in it; return what there is to say of it."""
        self._found[pane] = None
        return self._compare()

    def leave(self, pane: PaneId) -> list[events.Event]:
        """Watch a pane no more for what was found in it; return what changed."""
        self._found.pop(pane, None)
        known = self._panes.pop(pane, None)
        return [*([] if known is None else [events.PaneClosed(pane)]), *self._compare()]

    def resize(self, sizes: Iterable[PaneSize]) -> list[events.Event]:
        """Take the sizes that a layout gives; return a `PaneResized` for each change.

        Panes that are not watched are passed over.
        """
        changes: list[events.Event] = []
        for size in sizes:
            if (known := self._panes.get(size.pane)) is not None:
                changes += self._resized(known, size.columns, size.rows)
        self._sizes_told |= bool(changes)
        return changes

    def owner(self, pane: PaneId) -> SessionId | None:
        """Return the session that a watched pane belongs to."""
        known = self._panes.get(pane)
        return None if known is None else known.session

    def is_followed(self, pane: PaneId, session: SessionId) -> bool:
        """Say whether the output of a pane is an agent's, or may be.

        In a session that is an agent every pane may be it, one that is not known yet included, until
        an agent was found in one.
        """
        if pane in self._panes:
            return pane in self._followed
        known = self._sessions.get(session)
        return known is None or known.is_agent

    def has_ended(self, pane: PaneId) -> bool:
        """Say whether the program of a watched pane has ended, and the pane stays."""
        known = self._panes.get(pane)
        return known is not None and known.dead

    @property
    def watched_sessions(self) -> int:
        """How many sessions hold agents."""
        return len(self._sessions)

    def lives(self, session: SessionId) -> bool:
        """Say whether tmux still has a session, watched or not."""
        return any(row.session == session for row in self.rows)

    def clear(self) -> list[events.Event]:
        """Forget everything: the server is gone. There are no events, `ServerLost` says it all."""
        self.rows = ()
        self._found.clear()
        self._sessions.clear()
        self._panes.clear()
        self._followed = frozenset()
        return []

    def _compare(self) -> list[events.Event]:
        self._sizes_told = False
        listed: dict[SessionId, list[PaneRow]] = {}
        others: dict[SessionId, str] = {}
        for row in self.rows:
            if self._is_agent(row) or row.pane in self._found:
                listed.setdefault(row.session, []).append(row)
            else:
                others[row.session] = row.session_name
        # By number without `int`, which refuses thousands of digits.
        sessions = sorted(listed, key=_by_number)
        owned = self._owned(listed[session] for session in sessions)
        # One that shows nothing but what belongs to another is as good as none.
        sessions = [
            session
            for session in sessions
            if any(self._is_agent(row) or owned[row.pane] is row for row in listed[session])
        ]
        changes = self._moved(owned)
        changes += self._ended(owned, set(sessions), others)
        for session in sessions:
            changes += self._named(listed[session][0])
            for row in listed[session]:
                if owned[row.pane] is row:
                    changes += self._seen(row)
        found_in = {seen.session for pane, seen in self._panes.items() if pane in self._found}
        self._followed = frozenset(
            pane
            for pane, seen in self._panes.items()
            if pane in self._found or seen.session not in found_in
        )
        return changes

    def _is_agent(self, row: PaneRow) -> bool:
        if self._watched(row.session_name):
            return True
        known = self._sessions.get(row.session)
        return self.keeps_renamed and known is not None and known.is_agent

    def _owned(self, sessions: Iterable[list[PaneRow]]) -> dict[PaneId, PaneRow]:
        owned: dict[PaneId, PaneRow] = {}
        for rows in sessions:
            for row in rows:
                owner = owned.setdefault(row.pane, row)
                known = self._panes.get(row.pane)
                if known is not None and known.session == row.session != owner.session:
                    owned[row.pane] = row
        return owned

    def _moved(self, owned: dict[PaneId, PaneRow]) -> list[events.Event]:
        """An agent that was found stays itself wherever its pane goes."""
        changes: list[events.Event] = []
        for pane in self._found:
            known, row = self._panes.get(pane), owned.get(pane)
            if known is not None and row is not None and known.session != row.session:
                changes += [*self._named(row), *self._seen(row)]
        return changes

    def _ended(
        self,
        owned: dict[PaneId, PaneRow],
        listed: set[SessionId],
        others: dict[SessionId, str],
    ) -> list[events.Event]:
        changes: list[events.Event] = []
        for session in sorted(self._sessions.keys() - listed, key=_by_number):
            if self._sessions.pop(session).is_agent:
                changes.append(events.SessionClosed(session, others.get(session)))
                continue
            panes = [pane for pane, seen in self._panes.items() if seen.session == session]
            changes += [*map(events.PaneClosed, panes), events.SessionClosed(session)]
        for pane, known in list(self._panes.items()):
            row = owned.get(pane)
            if row is None or row.session != known.session:
                del self._panes[pane]
                if known.session in self._sessions:
                    changes.append(events.PaneClosed(pane))
        return changes

    def _named(self, row: PaneRow) -> list[events.Event]:
        now = _Session(row.session_name, self._is_agent(row))
        known = self._sessions.get(row.session)
        if known == now:
            return []
        self._sessions[row.session] = now
        if known is not None and known.is_agent == now.is_agent:
            return [events.SessionRenamed(row.session, now.name)]
        unwatchable = UNWATCHABLE if row.destroy_unattached else None
        return [events.SessionOpened(row.session, now.name, unwatchable, now.is_agent)]

    def _seen(self, row: PaneRow) -> list[events.Event]:
        if (known := self._panes.get(row.pane)) is None:
            seen = self._panes[row.pane] = row.seen(row.cwd or "", row.pid)
            return [attrs.evolve(seen, idle_s=_idle_s(row, self._server_time_s))]
        changes = self._resized(known, row.columns, row.rows)
        seen = row.seen(known.cwd if row.cwd is None else row.cwd, row.pid or known.pid)
        if seen != self._panes[row.pane]:
            self._panes[row.pane] = seen
            changes.append(seen)
        return changes

    def _resized(self, known: events.PaneSeen, columns: int, rows: int) -> list[events.Event]:
        if (known.columns, known.rows) == (columns, rows):
            return []
        self._panes[known.pane] = attrs.evolve(known, columns=columns, rows=rows)
        return [events.PaneResized(known.pane, columns, rows)]


def _by_number(session: SessionId) -> tuple[int, str]:
    return len(session), session


def _completed(row: PaneRow, before: PaneRow | None) -> PaneRow:
    """Return the row with what was not asked for as it was told before."""
    if row.cwd is not None or before is None:
        return row
    return attrs.evolve(row, cwd=before.cwd, start_command=before.start_command)


def _unchanged(row: PaneRow, before: PaneRow) -> PaneRow | None:
    """Return what is known of a pane now; `None` where more than its activity may have changed."""
    if row is before:
        return row
    active_s = row.activity_epoch_s
    return attrs.evolve(before, activity_epoch_s=active_s) if told(row) == told(before) else None


def _idle_s(row: PaneRow, server_time_s: int | None) -> float | None:
    if server_time_s is None or row.activity_epoch_s is None:
        return None
    return float(max(0, server_time_s - row.activity_epoch_s))
