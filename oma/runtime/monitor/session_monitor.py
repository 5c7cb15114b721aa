"""Keeps one agent session followed: its control client, started again while the session lives."""

import math
from collections.abc import Callable

import attrs
import trio

from oma.errors import CommandError, ProtocolError
from oma.model.events import ConnectionLost, Event, OutputLost
from oma.model.ids import PaneId, SessionId
from oma.runtime.client.back_off import BackOff
from oma.runtime.client.connection import Connection, connect
from oma.runtime.client.fd_limits import server_has_room
from oma.runtime.client.server_access import ServerAccess
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.monitor.held_output import HeldOutput
from oma.tmux.commands.clients import agent_client
from oma.tmux.commands.pane_questions import ListPanes
from oma.tmux.follower import Follower
from oma.tmux.notifications import STRUCTURE, SubscriptionChanged, WireEvent
from oma.tmux.pane_inventory import PaneInventory
from oma.tmux.repetition import Repetition

FAREWELL_S = 0.5
"""How long a client's orderly end waits for the hub to say that the session is gone."""


_NEWS = (*STRUCTURE, SubscriptionChanged)

_STAYS = "#{?#{||:#{==:#{remain-on-exit},0},#{==:#{remain-on-exit},off}},0,1}"
"""`1` for a pane that stays when its program ends."""

ASK_AGAIN_S = 5.0
"""How often a server that another client would harm is asked again."""


@attrs.define
class SessionMonitor:
    """The client of one session.

    Args:
        session: Which.
        inventory: What is known of the server.
        log: Takes every fact.
        access: To the server.
        rearranged: Called when windows or sessions may have changed, where nobody else says so. Never blocks.
    """

    session: SessionId
    inventory: PaneInventory
    log: Callable[[Event], object]
    access: ServerAccess
    rearranged: Callable[[], None] | None = None
    refused: Callable[[SessionId, str], None] = lambda _session, _reason: None
    """Called when it cannot be attached to, with the reason, and with none once it can again. Never blocks."""
    heard: int = 0
    """Of its client: outputs, and other words of tmux."""
    closed: trio.Event = attrs.Factory(trio.Event)
    """The session is gone; what its client still has to say is read to the end."""
    _panes: dict[PaneId, None] = attrs.Factory(dict)
    _follower: Follower | None = None
    _connection: Connection | None = None
    _repetition: Repetition = attrs.Factory(Repetition)
    _held: HeldOutput = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._held = HeldOutput(self._ask_answer)

    def follow(self, pane: PaneId) -> None:
        """Capture a pane and follow it from there; again for one that is followed."""
        self._panes[pane] = None
        if self._follower is not None:
            self._follower.watch(pane)
            self._send()

    def follows(self, pane: PaneId) -> bool:
        """Say whether a pane is followed."""
        return pane in self._panes

    def unfollow(self, pane: PaneId) -> None:
        """Stop following a pane."""
        self._panes.pop(pane, None)
        if self._follower is not None:
            for event in self._follower.leave(pane):
                self.log(event)
            self._send()

    def end(self, *, lives: bool) -> None:
        """Watch it no more.

        Args:
            lives: The session; else its client tells the rest and ends by itself.
        """
        self.closed.set()
        if lives and self._connection is not None:
            self._connection.hang_up()
            for event in self._follower.finish() if self._follower is not None else ():
                self.log(event)
            self._follower = None

    async def run(self) -> None:
        """Keep a client attached until the session is gone."""
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._held.run)
            await self._keep_attached()
            nursery.cancel_scope.cancel()

    async def _keep_attached(self) -> None:
        back_off = BackOff()
        while not self.closed.is_set():
            await self._wait_until_harmless()
            started_s = trio.current_time()
            reason = await self._attach()
            with trio.move_on_after(FAREWELL_S):
                # A session that ends tells its own client first; the hub says so a moment later.
                await self.closed.wait()
                return
            self.log(ConnectionLost(self.session, reason))
            for pane in self._panes:
                self.log(OutputLost(pane, "its control client ended"))
            with trio.move_on_after(back_off.wait_s(trio.current_time() - started_s)):
                await self.closed.wait()

    async def _wait_until_harmless(self) -> None:
        told = False
        while not self.closed.is_set() and (harm := await self._harm()) is not None:
            if not told:
                told = True
                self.log(ConnectionLost(self.session, f"not followed: {harm}"))
                self.refused(self.session, harm)
            with trio.move_on_after(ASK_AGAIN_S):
                await self.closed.wait()
        if told and not self.closed.is_set():
            self.refused(self.session, "")

    async def _harm(self) -> str | None:
        """Return what another client would do to the server, or `None`."""
        if not server_has_room(self.access.server_pid):
            return "the tmux server has too few descriptors left"
        if self.access.spares_remaining_panes:
            client = TmuxClient(self.access.server)
            answer = await client.ask(ListPanes(_STAYS, self.session), math.inf)
            if "1" in answer.output.split():
                return "remain-on-exit is set, and this tmux dies of it: use 3.3 or newer"
        return None

    async def _attach(self) -> str:
        """Run one client to its end and say why it ended."""
        follower = self._follower = Follower(
            self.session, self.inventory, tells_programs=self.rearranged is not None
        )
        for pane in self._panes:
            follower.watch(pane)
        access = self.access
        attach = agent_client(self.session)
        try:
            async with connect(access, attach) as connection:
                self._connection = connection
                try:
                    words = await connection.pump(self._receive)
                finally:
                    connection.write_last(follower.farewell())
        except (ProtocolError, CommandError) as error:
            return str(error)
        finally:
            self._connection = self._follower = None
            for event in follower.finish():
                self.log(event)
        return follower.over or words or "its control client ended"

    def _receive(self, batch: list[WireEvent]) -> bool:
        follower, connection = self._follower, self._connection
        if follower is None or connection is None:
            return False
        self.heard += len(batch)
        self._held.heard(batch)
        for event in follower.receive(batch):
            self.log(event)
        if self.rearranged is not None and any(isinstance(each, _NEWS) for each in batch):
            self.rearranged()
        self._send()
        if follower.over is not None:
            connection.hang_up()
        return self._repetition.take(batch)

    def _ask_answer(self) -> None:
        if self._follower is not None:
            self._follower.ask_answer()
            self._send()

    def _send(self) -> None:
        follower, connection = self._follower, self._connection
        if follower is not None and connection is not None:
            connection.write(follower.commands)
            follower.commands.clear()
