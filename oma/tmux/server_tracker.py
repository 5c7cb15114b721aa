"""Knows every session and pane of the server from the hub's control client: events out.

Sans I/O. Three sources agree here, in the order in which tmux says them: the whole list, asked
for at the start and whenever tmux hints at a change of structure; the subscription, which pushes
every change of a fact within a second; and layout changes. No polling.
"""

from collections import deque
from collections.abc import Callable, Iterable
from enum import Enum, auto

import attrs

from oma.errors import ProtocolError
from oma.model.events import Event
from oma.model.ids import PaneId, SessionId, WindowId
from oma.tmux import notifications as wire
from oma.tmux.commands.clients import Subscribe
from oma.tmux.commands.command import AnyCommand
from oma.tmux.commands.panes import CapturePane
from oma.tmux.notifications import Reply, SessionChanged, SubscriptionChanged, WireEvent
from oma.tmux.pane_inventory import PaneInventory
from oma.tmux.queries.panes import (
    ACTIVITY_SUBSCRIPTION,
    FLEET_SUBSCRIPTION,
    LIST_PANES,
    PaneRow,
    parse_activity,
    parse_fleet,
    parse_panes,
)

_HINTS = frozenset(
    {
        wire.SessionsChanged,
        wire.SessionRenamed,
        wire.WindowAdded,
        wire.WindowClosed,
        wire.WindowRenamed,
        wire.WindowPaneChanged,
        wire.LayoutChanged,
    }
)
"""Notifications after which the list may differ; they do not say enough by themselves."""


SUBSCRIPTION = "all"
ACTIVITY = "activity"


class _Asked(Enum):
    SUBSCRIPTION = auto()
    LIST = auto()


@attrs.define
class ServerTracker:
    """The hub's picture of the server.

    Args:
        home: The session that the hub was told to attach to.
        inventory: What tmux last said; outlives one hub.
        watched: Whether a session of this name is an agent.
    """

    home: SessionId
    inventory: PaneInventory
    watched: Callable[[str], bool]
    attached: bool = False
    over: str | None = None
    """Why this client sees nothing more; it is to be ended and another one started elsewhere."""
    commands: list[AnyCommand] = attrs.Factory(list)
    """To be sent, in order; the caller takes them."""
    printed: list[PaneId] = attrs.Factory(list)
    """Panes that run something and may have printed; the caller takes them."""
    screens: list[tuple[PaneId, list[str]]] = attrs.Factory(list)
    """The rows of panes that were looked at; the caller takes them."""
    counted: bool = False
    """The first whole list has been taken."""
    _activity: dict[PaneId, str] = attrs.Factory(dict)
    _asked: deque[_Asked | PaneId] = attrs.Factory(deque)
    """The replies that are still to come, in order: a pane's is that of a look at it."""
    _window: WindowId | None = None
    """The window that the subscriptions are made through."""
    _listing: bool = False
    _stale: bool = False

    def receive(self, batch: list[WireEvent]) -> list[Event]:
        """Take one read and return the facts in it, in order."""
        events: list[Event] = []
        for event in batch:
            if type(event) in _HINTS:
                self.recount()
                continue
            match event:
                case Reply():
                    events += self._reply(event)
                case SubscriptionChanged():
                    events += self._pushed(event)
                case SessionChanged(session) if session != self.home:
                    self.over = "its session ended"
                case wire.Exit(reason):
                    self.over = self.over or reason or "detached"
                case _:
                    pass  # output and clients are no matter of the hub
        return events

    def look(self, panes: Iterable[PaneId]) -> None:
        """Ask for what panes show."""
        for pane in panes if self.attached else ():
            self._asked.append(pane)
            self.commands.append(CapturePane(pane))

    def _pushed(self, event: SubscriptionChanged) -> list[Event]:
        if event.name == ACTIVITY:
            now = parse_activity(event.value)
            self.printed += [pane for pane, at in now.items() if self._activity.get(pane) != at]
            self._activity = now
        if event.name != SUBSCRIPTION:
            return []
        try:
            rows = parse_fleet(event.value)
        except ProtocolError:
            self.recount()  # tmux took too long and left out a part
            return []
        return self.inventory.update(rows, self.watched, None)

    def _reply(self, reply: Reply) -> list[Event]:
        if not reply.asked:
            if not self.attached:
                self._attach(reply)
            return []
        asked = self._asked.popleft() if self._asked else None
        if isinstance(asked, str) and reply.ok:
            self.screens.append((asked, reply.lines()))
        if asked is not _Asked.LIST:
            return []
        self._listing = False
        events: list[Event] = []
        if reply.ok:
            rows = parse_panes(reply.lines())
            events = self.inventory.update(rows, self.watched, reply.time_s)
            self.counted = True
            self._subscribe(rows)
        if self._stale:
            self.recount()
        return events

    def _attach(self, reply: Reply) -> None:
        if not reply.ok:
            self.over = reply.data.decode(errors="replace").strip()
            return
        self.attached = True
        self.recount()

    def _subscribe(self, rows: Iterable[PaneRow]) -> None:
        """Subscribe through a window of the session, and anew through another when that has gone."""
        windows = [row.window for row in rows if row.session == self.home]
        if not windows or self._window in windows:
            return
        self._window = windows[0]
        for name, value in ((SUBSCRIPTION, FLEET_SUBSCRIPTION), (ACTIVITY, ACTIVITY_SUBSCRIPTION)):
            self.commands.append(Subscribe(name, self._window, value))
            self._asked.append(_Asked.SUBSCRIPTION)

    def recount(self) -> None:
        """Ask for the whole list again."""
        # One list at a time: hints that come while it is on its way ask for one more after it.
        if self._listing or not self.attached:
            self._stale = self._listing
            return
        self._stale = False
        self._listing = True
        self._asked.append(_Asked.LIST)
        self.commands.append(LIST_PANES)
