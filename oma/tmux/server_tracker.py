"""Knows every session and pane of the server from the hub's control client: events out.

Sans I/O. Three sources agree here, in the order in which tmux says them: the whole list, asked
for at the start and whenever tmux hints at a change of structure; the panes of windows, asked for
when the subscription hints at news in them, which it does within a second; and layout changes.

A hint names windows in the order in which they stand. It tells whole seconds: what a window prints
later in the second of the last hint changes it no more. Such windows are `unsettled`; they are to be
listed once more when that second is over.
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from enum import Enum, auto

import attrs

from oma.errors import ProtocolError
from oma.model.events import Event, PaneCaptured
from oma.model.ids import PaneId, SessionId, WindowId
from oma.tmux import notifications as wire
from oma.tmux.commands.clients import Subscribe, Unsubscribe
from oma.tmux.commands.command import AnyCommand
from oma.tmux.commands.pane_questions import CapturePane
from oma.tmux.notifications import Reply, SessionChanged, SubscriptionChanged, WireEvent
from oma.tmux.pane_inventory import PaneInventory
from oma.tmux.queries.hints import (
    ACTIVITY_SUBSCRIPTION,
    HINTS_SUBSCRIPTION,
    WindowHint,
    list_windows,
    parse_hints,
)
from oma.tmux.queries.panes import LIST_PANES, answer, parse_active, parse_panes
from oma.tmux.queries.screen import CaptureQuery, capture

_HINTS = frozenset(
    {
        wire.SessionsChanged,
        wire.SessionRenamed,
        wire.WindowRenamed,
        wire.WindowPaneChanged,
        wire.LayoutChanged,
    }
)
"""Notifications after which the list may differ; they do not say enough by themselves."""


SUBSCRIPTION = "hints"

STEADY_HINTS = 3
LIST_EVERY = 3
"""A window that printed so many seconds in a row, and changed in nothing else, is listed every so many: it takes longer
to read what runs in it than to tell that it prints."""

WINDOWS_AT_ONCE = 50
"""Listing so many holds up the server for a few milliseconds: others get their turn between."""


class _Asked(Enum):
    SUBSCRIPTION = auto()
    LIST = auto()
    ANSWER = auto()


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
    """Panes in whose windows something was printed; the caller takes them."""
    screens: list[tuple[PaneId, list[str]]] = attrs.Factory(list)
    """The rows of panes that were looked at; the caller takes them."""
    captures: list[PaneCaptured] = attrs.Factory(list)
    """The screens of panes that were captured; the caller takes them."""
    answers: int = 0
    """How often `ask_answer` was answered."""
    counted: bool = False
    """The first whole list has been taken."""
    unsettled: frozenset[WindowId] = frozenset()
    """Windows to be listed once more, by `settle`, a second after they were listed."""
    _hints: dict[WindowId, WindowHint] = attrs.Factory(dict)
    _printing: dict[WindowId, int] = attrs.Factory(dict)
    """How many hints in a row told that a window printed, and of no other change."""
    _due: dict[WindowId, None] = attrs.Factory(dict)
    """Windows that are still to be listed."""
    _asked: deque[_Asked | PaneId | CaptureQuery | frozenset[WindowId]] = attrs.Factory(deque)
    """The replies that are still to come, in order: a pane's is that of a look at it."""
    _window: WindowId | None = None
    """The window that the subscription is made through."""
    _subscribed: str = ""
    """What it tells; nothing where that is empty."""
    _told: frozenset[PaneId] = frozenset()
    """Panes of which the system tells at once when they print."""
    _is_new: bool = False
    """A whole list came since that was told."""
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
                    self._hinted(event)
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

    @property
    def is_capturing(self) -> bool:
        """Some screens that were asked for are still to come."""
        return any(isinstance(asked, CaptureQuery) for asked in self._asked)

    def capture(self, panes: Iterable[PaneId]) -> None:
        """Ask for the whole screens of panes."""
        for pane in panes if self.attached else ():
            self._asked += [query := CaptureQuery(pane), query]
            self.commands.append(capture(pane, has_ended=self.inventory.has_ended(pane)))

    def ask_answer(self) -> None:
        """Ask for an answer, which says nothing but that it came."""
        if self.attached:
            self._asked.append(_Asked.ANSWER)
            self.commands.append(answer(self.home))

    def settle(self) -> None:
        """List unsettled windows again."""
        self.refresh(self.unsettled)

    def _hinted(self, event: SubscriptionChanged) -> None:
        if event.name != SUBSCRIPTION:
            return
        try:
            hints = parse_hints(event.value)
        except ProtocolError:
            self.recount()  # tmux took too long and left out a part
            return
        before, self._hints = self._hints, hints
        if [w for w in before if w in hints] != [w for w in hints if w in before]:
            self.recount()  # windows changed places
        news = {window for window, hint in hints.items() if before.get(window) != hint}
        printed = {w for w in news if w not in before or before[w].activity != hints[w].activity}
        self.printed += dict.fromkeys(r.pane for r in self.inventory.rows if r.window in printed)
        same = {w for w in news if w in before and before[w].panes == hints[w].panes}
        self._printing = {w: self._printing.get(w, 0) + 1 for w in same}
        later = {
            window
            for window, count in self._printing.items()
            if count > STEADY_HINTS and (count + int(window[1:])) % LIST_EVERY
        }
        self.refresh(w for w in hints if w not in later and (w in news or w in self.unsettled))
        self.unsettled |= later

    def refresh(self, windows: Iterable[WindowId]) -> None:
        """Ask for the panes of windows in which there may be news, of some windows at a time."""
        self._due |= dict.fromkeys(windows)
        self.unsettled -= self._due.keys()
        if not self._due or any(isinstance(asked, frozenset) for asked in self._asked):
            return
        now = list(self._due)[:WINDOWS_AT_ONCE]
        for window in now:
            del self._due[window]
        self._asked.append(frozenset(now))
        self.commands.append(list_windows(now))

    def _reply(self, reply: Reply) -> list[Event]:
        if not reply.asked:
            if not self.attached:
                self._attach(reply)
            return []
        asked = self._asked.popleft() if self._asked else None
        if isinstance(asked, frozenset):
            return self._listed(asked, reply)
        match asked:
            case _Asked.LIST:
                return self._counted(reply)
            case _Asked.ANSWER:
                self.answers += 1
            case CaptureQuery():
                self._captured(asked, reply)
            case str() if reply.ok:
                self.screens.append((asked, reply.lines()))
            case _:
                pass
        return []

    def _counted(self, reply: Reply) -> list[Event]:
        self._listing = False
        events: list[Event] = []
        if reply.ok:
            rows = parse_panes(reply.lines())
            events = self.inventory.update(rows, self.watched, reply.time_s)
            self.counted = self._is_new = True
        if self._stale:
            self.recount()
        return events

    def _captured(self, query: CaptureQuery, reply: Reply) -> None:
        if not reply.ok:
            if self._asked and self._asked[0] is query:
                self._asked.popleft()  # the pane is gone, and the rest of its line was not run
        elif (captured := query.take(reply)) is not None:
            self.captures.append(captured)

    def _listed(self, windows: frozenset[WindowId], reply: Reply) -> list[Event]:
        events: list[Event] = []
        if reply.ok:
            rows = parse_active(reply.lines())
            if self.inventory.lacks(windows, rows):
                self.recount()  # it ended, or went to a window that was not asked for
            else:
                events = self.inventory.refresh(windows, rows, self.watched)
            for row in rows:
                hint = self._hints.get(row.window)
                if hint is not None and hint.activity == str(row.activity_epoch_s):
                    self.unsettled |= (
                        {row.window} if row.activity_epoch_s == reply.time_s else set()
                    )
        self.refresh(())
        return events

    def _attach(self, reply: Reply) -> None:
        if not reply.ok:
            self.over = reply.data.decode(errors="replace").strip()
            return
        self.attached = True
        self.recount()

    def subscribe(self, told: frozenset[PaneId] = frozenset()) -> None:
        """Have tmux tell by itself what has to be known; to be called after `receive`.

        Of panes, where there is an agent; else which windows print, unless the system tells of all panes: `told`.
        """
        if not self._is_new and told is self._told:
            return
        seen, self._told, self._is_new = self._told, told, False
        rows = self.inventory.rows
        windows = [row.window for row in rows if row.session == self.home]
        asked = HINTS_SUBSCRIPTION if self.inventory.watched_sessions else ACTIVITY_SUBSCRIPTION
        if asked == ACTIVITY_SUBSCRIPTION and all(row.pane in told for row in rows):
            if told - seen:
                self.recount()  # what they did after they were listed, and before that was told
            asked = ""
        self._ask_for(asked, windows)

    def _ask_for(self, asked: str, windows: Sequence[WindowId]) -> None:
        """Subscribe through one of these windows of the session; anew when it has gone, or to something else."""
        if not asked and self._subscribed:
            self._window, self._subscribed = None, ""
            self.commands.append(Unsubscribe(SUBSCRIPTION))
            self._asked.append(_Asked.SUBSCRIPTION)
        if not asked or not windows or (self._window in windows and self._subscribed == asked):
            return
        if self._window is None or self._window not in windows:
            self._window = windows[0]
        self._subscribed = asked
        self.commands.append(Subscribe(SUBSCRIPTION, self._window, asked))
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
