"""Follows one pane of a server, wherever it goes, for a view of it: one control client, and its screen.

It changes nothing about the pane, and is told of it by tmux alone. Other panes of its session are
paused on the client. There is no hub: what would be asked of that is asked once, when tmux says that
windows or sessions have changed.
"""

from collections.abc import Callable

import attrs
import trio

from oma.errors import CommandError
from oma.model import events
from oma.model.ids import PaneId
from oma.runtime.client.pane_list import list_panes
from oma.runtime.client.server_access import ServerAccess
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.monitor.following import Following
from oma.screen.emulator import MAX_CELLS, Screen
from oma.screen.styled import StyledRows
from oma.tmux.pane_inventory import PaneInventory
from oma.tmux.queries.panes import shows_cursor

CLOSED = "the pane was closed"

SETTLE_S = 0.05
"""One change of windows is told of several times: they are asked about once."""

RECAPTURE_EVERY_S = 0.5
"""A program whose output breaks the emulator every time does not get more captures than this."""

_HIDE_CURSOR = b"\x1b[?25l"


@attrs.define
class PaneWatch:
    """The watch on one pane.

    Args:
        pane: Which.
        access: To its server.
        changed: Called when the pane may show something else. Never blocks.
    """

    pane: PaneId
    access: ServerAccess
    changed: Callable[[], None]
    _screen: Screen | None = None
    """`None` while no capture has come."""
    _shows_cursor: bool = True
    _rearranged: trio.Event = attrs.Factory(trio.Event)
    _broken: trio.Event = attrs.Factory(trio.Event)
    _inventory: PaneInventory = attrs.Factory(PaneInventory)
    _following: Following = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._following = Following(self._inventory, self._take, self._rearrange)

    @property
    def cursor(self) -> tuple[int, int] | None:
        """Column and row of the pane's cursor, from 0; `None` where it shows none."""
        screen = self._screen
        return None if screen is None or not screen.cursor_visible else screen.cursor

    def styled_rows(self) -> StyledRows | None:
        """Return the rows of the pane from the top, without blank ones below; `None` until known."""
        if self._screen is None:
            return None
        rows = self._screen.styled(MAX_CELLS)
        if self._screen.failed is not None:
            self._broken.set()
        return rows

    async def run(self) -> str:
        """Follow the pane until it is gone; return that in a clause.

        Raises:
            CommandError: tmux does not answer, or the pane's session would end with its last client.
        """
        said = await TmuxClient(self.access.server).ask(shows_cursor(self.pane))
        self._shows_cursor = said.output.strip() != "0"
        self._inventory.find(self.pane)
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._recapture)
            reason = await self._follow(nursery)
            nursery.cancel_scope.cancel()
        if isinstance(reason, CommandError):
            raise reason  # outside of the nursery, which would wrap it
        return reason

    async def _follow(self, nursery: trio.Nursery) -> str | CommandError:
        while True:
            self._rearranged = trio.Event()
            try:
                rows = await list_panes(self.access.server)
            except CommandError as error:
                return error
            if not any(row.pane == self.pane for row in rows):
                return CLOSED
            for event in self._inventory.update(rows, lambda _name: False, None):
                if isinstance(event, events.SessionOpened) and event.unwatchable is not None:
                    return CommandError(event.unwatchable)
                self._following.hear(event, self.access, nursery)
            await self._rearranged.wait()
            await trio.sleep(SETTLE_S)

    async def _recapture(self) -> None:
        while True:
            await self._broken.wait()
            self._broken = trio.Event()
            self._following.capture(self.pane)
            await trio.sleep(RECAPTURE_EVERY_S)

    def _take(self, event: events.Event) -> None:
        match event:
            case events.PaneCaptured():
                before, self._screen = self._screen, Screen.seeded(event)
                shows = self._shows_cursor if before is None else before.cursor_visible
                if not shows:
                    self._screen.feed(_HIDE_CURSOR)
                self.changed()
            case events.PaneOutput(data=data):
                if self._screen is not None:
                    self._screen.feed(data)
                    self.changed()
            case events.ConnectionLost():
                self._rearrange()
            case _:
                pass

    def _rearrange(self) -> None:
        self._rearranged.set()
