"""One look at every watched pane over one control client, sans I/O.

The list of panes first, then one capture for each, each on a line of its own: a pane that vanishes
in between costs its own capture and no other.
"""

from collections import deque
from collections.abc import Callable, Sequence

import attrs

from oma.model.events import Event, PaneSeen
from oma.model.ids import PaneId
from oma.tmux.commands.command import AnyCommand
from oma.tmux.notifications import Exit, Reply, WireEvent
from oma.tmux.pane_inventory import PaneInventory
from oma.tmux.queries.panes import LIST_PANES, parse_panes
from oma.tmux.queries.screen import CaptureQuery, capture


@attrs.define
class SnapshotQuery:
    """The look in progress.

    Args:
        watched: Whether a session of this name is an agent.
        inventory: Knows which panes are watched besides.
        candidates: Panes of which only the screen is asked for.
    """

    watched: Callable[[str], bool]
    inventory: PaneInventory = attrs.Factory(PaneInventory)
    candidates: Sequence[PaneId] = ()
    done: bool = False
    """Everything that was asked for has been answered."""
    refused: str | None = None
    """Why tmux did not let us look."""
    commands: list[AnyCommand] = attrs.Factory(list)
    """To be sent, in order; the caller takes them."""
    _attached: bool = False
    _listed: bool = False
    _asked: deque[CaptureQuery] = attrs.Factory(deque)

    def receive(self, batch: list[WireEvent]) -> list[Event]:
        """Take one read and return the facts in it, in order."""
        events: list[Event] = []
        for event in batch:
            if type(event) is Reply:
                events += self._reply(event)
            elif type(event) is Exit and not self.done:
                self.refused = self.refused or event.reason or "detached"
        return events

    def _reply(self, reply: Reply) -> list[Event]:
        if not reply.asked:
            return self._attach(reply)
        if not self._listed:
            return self._list(reply)
        return self._capture(reply)

    def _attach(self, reply: Reply) -> list[Event]:
        if not self._attached:
            self._attached = True
            if reply.ok:
                self.commands.append(LIST_PANES)
            else:
                self.refused = reply.data.decode(errors="replace").strip()
        return []

    def _list(self, reply: Reply) -> list[Event]:
        self._listed = True
        if not reply.ok:
            self.refused = reply.data.decode(errors="replace").strip()
            return []
        events = self.inventory.update(parse_panes(reply.lines()), self.watched, reply.time_s)
        seen = (event.pane for event in events if isinstance(event, PaneSeen))
        for pane in dict.fromkeys((*seen, *self.candidates)):
            self._asked.append(CaptureQuery(pane))
            self.commands.append(capture(pane))
        self.done = not self._asked
        return events

    def _capture(self, reply: Reply) -> list[Event]:
        if not self._asked:
            return []
        captured = self._asked[0].take(reply) if reply.ok else None
        if captured is not None or not reply.ok:
            self._asked.popleft()  # of a pane that is gone, the rest of its line was not run
        self.done = not self._asked
        return [] if captured is None else [captured]
