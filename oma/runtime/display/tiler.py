"""Keeps the agents of a window as panes around its main pane: query, decide, execute, update.

A round looks, decides and does one step, until there is nothing left to do. Rounds begin when
something happened that may matter: an agent came, went or changed, tmux told of the window, the
policy changed, or a time came at which waiting ends. Nothing is polled, and what is believed of
the window is only ever what tmux said of it.
"""

from contextlib import suppress

import attrs
import trio

from oma.errors import CommandError
from oma.model.events import PaneSeen, SessionClosed, SessionOpened
from oma.model.ids import PaneId, WindowId
from oma.placement.policy import Policy
from oma.runtime.client.back_off import BackOff
from oma.runtime.client.query_client import QueryClient, window_client
from oma.runtime.client.server_access import ServerAccess
from oma.runtime.client.tmux_client import CommandChannel, TmuxClient
from oma.runtime.display.tiled_window import TiledWindow
from oma.runtime.display.tiling_reconciler import MAIN_GONE, TilingReconciler
from oma.store.tail import Tail, TailStep
from oma.tmux.window_change import watch_borders

UNDO_S = 5.0
"""How long tmux may take to close the panes when tiling ends."""


@attrs.define
class Tiler:
    """The tiling of one window.

    Args:
        access: To the server of the window.
        main: The main pane.
        rounds: Does a round; owns what is remembered.
    """

    access: ServerAccess
    main: PaneId
    rounds: TilingReconciler
    settled: trio.Event = attrs.Factory(trio.Event)
    """A round by the present policy has ended."""
    _news: bool = True
    _turn: trio.Lock = attrs.Factory(trio.Lock)
    _lot: trio.lowlevel.ParkingLot = attrs.Factory(trio.lowlevel.ParkingLot)

    def wake(self) -> None:
        """Begin a round soon. Never blocks."""
        self._news = True
        self._lot.unpark_all()

    def set_policy(self, policy: Policy) -> None:
        """Tile by another policy from now on; who was refused gets another chance."""
        self.rounds.set_policy(policy)
        self.settled = trio.Event()
        self.wake()

    async def follow(self, tail: Tail) -> None:
        """Begin a round whenever the log tells of something that may matter; to the tail's end."""
        while steps := await tail.receive():
            for step in steps:
                if self._matters(step):
                    self.wake()

    async def run(self) -> str:
        """Tile until the main pane is gone, and return why there is nothing more to do.

        Raises:
            CommandError: tmux does not answer.
        """
        back_off = BackOff()
        while True:
            began_s = trio.current_time()
            async with window_client(self.access, self.main, self.wake) as client:
                if client is None or await self._tile(client):
                    return MAIN_GONE
            await trio.sleep(back_off.wait_s(trio.current_time() - began_s))

    async def undo(self) -> None:
        """Close the agent panes and leave the window as it was found.

        By a client of its own: a signal that ends us may have ended the one of `run` as well.
        """
        self.rounds.set_policy(attrs.evolve(self.rounds.policy, enabled=False))
        with trio.move_on_after(UNDO_S):
            async with window_client(self.access, self.main, lambda: None) as client:
                if client is not None:
                    await self._round(self._window_of(client))
                    return
            # The main pane is gone: what was made around it goes, whatever window it is in now.
            server = TmuxClient(self.access.server)
            with suppress(CommandError):  # the server is gone as well
                await self._window_of(server).close_orphans()

    async def _tile(self, client: QueryClient) -> bool:
        """Do rounds until the main pane is gone, or the client has ended; return the former."""
        window = self._window_of(client)
        try:
            watched: WindowId | None = None
            while client.over is None:
                self._news = False
                look = await window.look()
                if look is not None and look.row.window != watched:
                    watched = look.row.window
                    await client.ask(watch_borders(watched))
                if not await self._round(window):
                    return True
                self.settled.set()
                await self._rest(client)
        except CommandError:
            if client.over is None:
                raise
        return False

    def _window_of(self, channel: CommandChannel) -> TiledWindow:
        return TiledWindow(self.main, self.rounds.socket, self.rounds.flags, channel)

    async def _round(self, window: TiledWindow) -> bool:
        async with self._turn:
            return await self.rounds.run(window)

    async def _rest(self, client: QueryClient) -> None:
        """Wait until a round is due."""
        with trio.move_on_at(trio.current_time() + self.rounds.patience_s()):
            while not self._news and client.over is None:
                await self._lot.park()

    def _matters(self, step: TailStep) -> bool:
        event = step.record.event
        match event:
            case SessionOpened(session, _, reason) if reason is not None:
                self.rounds.refuse(session, reason)
                return True
            case SessionOpened() | SessionClosed() | PaneSeen():
                return True
            case _:
                return bool(step.transitions)
