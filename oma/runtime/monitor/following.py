"""Follows the panes of agents: one control client for each session that holds any."""

from collections.abc import Callable, Container

import attrs
import trio

from oma.model import events
from oma.model.ids import PaneId, SessionId
from oma.runtime.client.server_access import ServerAccess
from oma.runtime.monitor.session_monitor import SessionMonitor
from oma.tmux.pane_inventory import PaneInventory


@attrs.define
class Following:
    """Owner of the session monitors of one server.

    Args:
        inventory: What is known of the server.
        log: Takes output and screens, and what else the clients say.
        rearranged: As of `SessionMonitor`.
    """

    inventory: PaneInventory
    log: Callable[[events.Event], object]
    rearranged: Callable[[], None] | None = None
    refused: Callable[[SessionId, str], None] = lambda _session, _reason: None
    """As of `SessionMonitor`."""
    admits: Callable[[SessionId], bool] = lambda _session: True
    """Says whether a session that was found gets a client; else `resume` gives it one."""
    _monitors: dict[SessionId, SessionMonitor] = attrs.Factory(dict)
    _owners: dict[PaneId, SessionId] = attrs.Factory(dict)
    _pids: dict[PaneId, int] = attrs.Factory(dict)
    _ended: set[PaneId] = attrs.Factory(set)

    def hear(self, event: events.Event, access: ServerAccess, nursery: trio.Nursery) -> None:
        """Take what the inventory said, after that was logged.

        Args:
            event: That.
            access: To the server.
            nursery: Of the clients.
        """
        match event:
            case events.SessionOpened(session, unwatchable=None) if session not in self._monitors:
                if self.admits(session):
                    self._attach(session, access, nursery)
            case events.SessionClosed(session):
                self._owners = {p: s for p, s in self._owners.items() if s != session}
                closed = self._monitors.pop(session, None)
                if closed is not None:
                    closed.end(lives=self.inventory.lives(session))
            case events.PaneSeen():
                self._seen(event)
            case events.PaneClosed(pane):
                self._pids.pop(pane, None)
                self._ended.discard(pane)
                self._unfollow(pane, self._owners.pop(pane, None))
            case events.PaneResized(pane):
                self.capture(pane)
            case _:
                pass

    @property
    def heard(self) -> dict[SessionId, int]:
        """Outputs, and other words of tmux, so far, of each session that has a client."""
        return {session: monitor.heard for session, monitor in self._monitors.items()}

    def panes_of(self, sessions: Container[SessionId]) -> dict[PaneId, SessionId]:
        """Return the panes of agents in sessions, whether they are followed or not."""
        there = {pane: owner for pane, owner in self._owners.items() if owner in sessions}
        return {p: owner for p, owner in there.items() if self.inventory.is_followed(p, owner)}

    def release(self, session: SessionId) -> None:
        """Take the client off a session that lives."""
        monitor = self._monitors.pop(session, None)
        if monitor is not None:
            monitor.end(lives=True)

    def resume(self, session: SessionId, access: ServerAccess, nursery: trio.Nursery) -> None:
        """Give a session a client again."""
        self._attach(session, access, nursery)
        for pane in self.panes_of({session}):
            self.capture(pane)

    def _attach(self, session: SessionId, access: ServerAccess, nursery: trio.Nursery) -> None:
        monitor = SessionMonitor(
            session, self.inventory, self.log, access, self.rearranged, self.refused
        )
        self._monitors[session] = monitor
        nursery.start_soon(monitor.run)

    def is_followed(self, pane: PaneId) -> bool:
        """Say whether a client of ours is there for a pane."""
        return self._owners.get(pane) in self._monitors

    def capture(self, pane: PaneId) -> None:
        """Have a pane captured and followed from there, if it is an agent's."""
        session = self._owners.get(pane)
        if session in self._monitors and self.inventory.is_followed(pane, session):
            self._monitors[session].follow(pane)

    def capture_all(self) -> None:
        """Have every pane of agents captured anew."""
        for pane in list(self._owners):
            self.capture(pane)

    def agents_changed(self) -> None:
        """Follow the panes that are agents', and no others: an agent was found, or left the list."""
        for pane, session in self._owners.items():
            if session not in self._monitors:
                continue
            is_followed = self._monitors[session].follows(pane)
            if is_followed and not self.inventory.is_followed(pane, session):
                self._unfollow(pane, session)
            elif not is_followed:
                self.capture(pane)

    def clear(self) -> None:
        """End all: the server is gone."""
        self._owners.clear()
        self._pids.clear()
        self._ended.clear()
        for monitor in self._monitors.values():
            monitor.closed.set()
        self._monitors.clear()

    def _seen(self, seen: events.PaneSeen) -> None:
        pane, session, pid = seen.pane, seen.session, seen.pid
        before, pid_before = self._owners.get(pane), self._pids.get(pane, pid)
        self._owners[pane], self._pids[pane] = session, pid
        has_just_ended = seen.dead and pane not in self._ended
        (self._ended.add if seen.dead else self._ended.discard)(pane)
        if before != session:  # it is new, or has moved
            self._unfollow(pane, before)
            self.capture(pane)
        elif pid_before != pid or has_just_ended:
            # `respawn-pane` empties the screen without a word; what an ended program printed last may be missing.
            self.capture(pane)

    def _unfollow(self, pane: PaneId, session: SessionId | None) -> None:
        if session in self._monitors:
            self._monitors[session].unfollow(pane)
