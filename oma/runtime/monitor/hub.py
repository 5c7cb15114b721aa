"""The hub's client as the rest of a watch uses it: what it is asked is sent by one place."""

from collections.abc import Iterable, Sequence

import attrs
import trio

from oma.model.ids import PaneId, WindowId
from oma.runtime.client.connection import Connection
from oma.tmux.server_tracker import ServerTracker

SETTLE_S = 1.1
"""After that the second is over in which a window was listed."""


@attrs.define
class Hub:
    """Owner of the tracker of the client that is attached, or was last."""

    tracker: ServerTracker | None = None
    """`None` until there was one."""
    _connection: Connection | None = None
    _unsettled: trio.lowlevel.ParkingLot = attrs.Factory(trio.lowlevel.ParkingLot)

    def attach(self, tracker: ServerTracker, connection: Connection) -> None:
        """Take a new client."""
        self.tracker, self._connection = tracker, connection

    def send(self) -> None:
        """Send what the tracker has to ask. Never blocks."""
        if self.tracker is not None and self._connection is not None:
            self._connection.write(self.tracker.commands)
            self.tracker.commands.clear()
            if self.tracker.unsettled:
                self._unsettled.unpark_all()

    def recount(self) -> None:
        """Ask for the whole list again."""
        if self.tracker is not None:
            self.tracker.recount()
            self.send()

    def refresh(self, windows: Iterable[WindowId]) -> None:
        """Ask for what runs in windows."""
        if self.tracker is not None and self.tracker.counted:
            self.tracker.refresh(windows)
            self.send()

    def look(self, panes: Sequence[PaneId]) -> None:
        """Ask for what panes show."""
        if self.tracker is not None:
            self.tracker.look(panes)
            self.send()

    async def settle(self) -> None:
        """List windows again that may have printed since their hint; for ever."""
        while True:
            while self.tracker is None or not self.tracker.unsettled:
                await self._unsettled.park()
            unsettled = self.tracker.unsettled
            await trio.sleep(SETTLE_S)
            if self.tracker.unsettled == unsettled:
                self.tracker.settle()
                self.send()
