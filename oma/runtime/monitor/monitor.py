"""Watches one tmux server: the hub, one client per agent session, and the store they feed.

The hub is attached first and leaves last: while it is attached, tmux never stops reading a pane
because a client of ours is slow (tmux 3.2 to 3.7 stop only when every attached client is a
control client that is behind).
"""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

import attrs
import trio

from oma.detection.agent_finder import AgentFinder
from oma.detection.profile import Profile
from oma.errors import CommandError, ProtocolError
from oma.model import events
from oma.model.ids import PaneId, SessionId
from oma.runtime.client.back_off import BackOff
from oma.runtime.client.connection import Connection, connect
from oma.runtime.client.fd_limits import make_room
from oma.runtime.client.pane_list import list_panes
from oma.runtime.client.read_turns import ReadTurns
from oma.runtime.client.server_access import ServerAccess
from oma.runtime.client.server_finder import tmux_version, wait_for_attach_target
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.monitor.discovery import Discovery
from oma.runtime.monitor.following import Following
from oma.runtime.monitor.hub import Hub
from oma.runtime.monitor.sampler import Sampler
from oma.sampling.choose import Limits
from oma.store.store import Store
from oma.tmux.address import ServerAddress
from oma.tmux.capabilities import check, parse_version
from oma.tmux.commands.clients import quiet_client
from oma.tmux.notifications import ClientsChanged, WireEvent
from oma.tmux.pane_inventory import PaneInventory
from oma.tmux.queries.panes import PaneRow
from oma.tmux.queries.session_rows import SessionRow
from oma.tmux.server_tracker import ServerTracker

RECAPTURE_EVERY_S = 0.5
"""A program whose output breaks the emulator every time does not get more captures than this."""


@attrs.define
class Monitor:
    """The watch on one server.

    Args:
        server: Which one.
        socket: The file of its socket.
        watched: Whether a session of this name is an agent.
        store: Where everything that happens is logged.
        keeps_renamed: As of `PaneInventory`.
        finds: Whether an agent that runs in a pane is listed.
        profiles: The kinds of agents that are found.
        names: What agents are called that are not named among all there are.
    """

    server: ServerAddress
    socket: Path
    watched: Callable[[str], bool]
    store: Store
    keeps_renamed: bool = False
    finds: Callable[[PaneRow], bool] = lambda _row: False
    profiles: Sequence[Profile] = ()
    names: Mapping[PaneId, str] = attrs.Factory(dict)
    clients_changed: Callable[[], None] = lambda: None
    """Called when some client has left the server or shows another session. Never blocks."""
    looked_at: Callable[[], Collection[PaneId]] = frozenset
    """Gives the panes that somebody looks at: their agents are not sampled."""
    limits: Limits = attrs.Factory(Limits)
    """What our clients may cost the server."""
    begun: trio.Event = attrs.Factory(trio.Event)
    """Set when what there is was read once, or there was no server."""
    _inventory: PaneInventory = attrs.field(init=False)
    _following: Following = attrs.field(init=False)
    _server_pid: int | None = None
    """of the server that the inventory describes; ids mean nothing to another one."""
    _absent: bool = False
    _discovery: Discovery = attrs.field(init=False)
    _sampler: Sampler = attrs.field(init=False)
    _access: ServerAccess = attrs.field(init=False)
    _hub: Hub = attrs.Factory(Hub)

    def __attrs_post_init__(self) -> None:
        self._inventory = PaneInventory(keeps_renamed=self.keeps_renamed)
        self._following = Following(self._inventory, self.store.append)

    @property
    def access(self) -> ServerAccess:
        """How clients of ours get to the server; there is one as soon as there are agents."""
        return self._access

    @property
    def server_pid(self) -> int | None:
        """The process of the server that is watched; `None` while there is none."""
        return self._server_pid

    async def run(self) -> None:
        """Watch until cancelled; every client has left and is reaped when this returns.

        Raises:
            OmaError: tmux is not there, or too old.
        """
        make_room()
        number = parse_version(await tmux_version())
        check(number)
        turns = ReadTurns()
        self._access = ServerAccess(self.socket, number, turns=turns)
        agents_left = trio.Event()
        async with trio.open_nursery() as outer:
            try:
                async with trio.open_nursery() as agents:
                    self._discovery = self._search(agents)
                    self._sampler = self._sampling(agents)
                    outer.start_soon(self._attend, agents, agents_left)
                    agents.start_soon(turns.run)
                    agents.start_soon(self._recapture)
                    agents.start_soon(self._hub.settle)
                    agents.start_soon(self._sampler.panes.capture_moving)
                    agents.start_soon(self._sampler.keep_fast)
                    agents.start_soon(self._discovery.run)
                    agents.start_soon(self._discovery.outputs.run)
                    agents.start_soon(self._unlist, agents)
                    await trio.sleep_forever()
            finally:
                agents_left.set()

    def resync(self) -> None:
        """Ask tmux for everything again: the list, and the screen of every pane. Never blocks."""
        self._hub.recount()
        self._following.capture_all()
        self._sampler.panes.recapture_all()

    def _search(self, agents: trio.Nursery) -> Discovery:
        """Return what finds agents; what it finds is logged and followed."""

        def found(event: events.AgentFound) -> None:
            name = self.names.get(event.pane, "")
            self.store.append(attrs.evolve(event, name=name) if name else event)
            for each in self._inventory.find(event.pane):
                self._hear(each, agents)
            self._hub.recount()  # the directory is not told unless it is asked for
            self._agents_changed()

        def ended(pane: PaneId) -> None:
            self.store.append(events.AgentEnded(pane))

        finder = AgentFinder(self.profiles)
        hub = self._hub
        return Discovery(
            *(TmuxClient(self.server), finder, self.finds, hub.refresh, hub.look, found, ended),
            begun=self.begun,
        )

    def _sampling(self, agents: trio.Nursery) -> Sampler:
        """Return what keeps tmux fast."""

        def resume(session: SessionId) -> None:
            self._following.resume(session, self._access, agents)

        sampler = Sampler(
            self.store, self._following, self._hub, self.limits, resume, self.looked_at
        )
        self._following.refused = sampler.refuse
        self._following.admits = sampler.admits
        return sampler

    async def _unlist(self, agents: trio.Nursery) -> None:
        """Watch no more the panes whose agents ended and left the list."""
        while True:
            for pane in await self.store.wait_unlisted():
                for event in self._inventory.leave(pane):
                    self._hear(event, agents)
                self._discovery.finder.ended(pane)
            self._agents_changed()
            if not self._inventory.watched_sessions:
                self._hub.recount()  # from then on it is told less

    def _agents_changed(self) -> None:
        self._following.agents_changed()
        self._sampler.panes_changed()

    async def _attend(self, agents: trio.Nursery, agents_left: trio.Event) -> None:
        """Keep a hub attached wherever there is a session for it."""
        back_off, wait_s = BackOff(), 0.0

        async def look(server: SessionRow) -> None:
            """Take what there is without a client that stays."""
            rows = await list_panes(self.server, math.inf)
            self._arrive(server.server_pid, server.server_version)
            for event in self._inventory.update(rows, self.watched, None):
                self._hear(event, agents)
            self._discovery.take(self._inventory.rows)

        while True:
            # Asked before any waiting: that there is no server any more is told at once.
            home = await wait_for_attach_target(
                self.server, self.socket, self.watched, self._no_server, look
            )
            if self._arrive(home.server_pid, home.server_version):
                back_off, wait_s = BackOff(), 0.0
            if wait_s:
                await trio.sleep(wait_s)
                wait_s = 0.0
                continue
            began_s = trio.current_time()
            reason = await self._attach(home.session, agents, agents_left)
            self.store.append(events.ConnectionLost(None, reason))
            wait_s = back_off.wait_s(trio.current_time() - began_s)

    async def _attach(self, home: SessionId, agents: trio.Nursery, agents_left: trio.Event) -> str:
        """Run one hub to its end and return why it ended; it leaves after the agents' clients."""
        access = self._access
        attach = quiet_client(home)
        try:
            async with connect(access, attach) as hub:
                try:
                    return await self._listen(hub, home, agents)
                except trio.Cancelled:
                    with trio.CancelScope(shield=True):
                        await agents_left.wait()
                    raise
        except (ProtocolError, CommandError) as error:
            return str(error)

    async def _listen(self, hub: Connection, home: SessionId, agents: trio.Nursery) -> str:
        """Follow what the hub says to its end and return why it ended."""
        tracker = ServerTracker(home, self._inventory, self.watched)
        self._hub.attach(tracker, hub)

        def receive(batch: list[WireEvent]) -> None:
            if any(isinstance(event, ClientsChanged) for event in batch):
                self.clients_changed()
            for event in tracker.receive(batch):
                self._hear(event, agents)
            self._discovery.take(self._inventory.rows)
            tracker.subscribe(self._discovery.outputs.told)
            self._discovery.printed(tracker.printed)
            self._sampler.panes.printed(tracker.printed)
            self._sampler.answered(tracker)
            for pane, lines in tracker.screens:
                self._discovery.looked(pane, lines)
            tracker.printed.clear()
            tracker.screens.clear()
            tracker.captures.clear()
            self._hub.send()
            if tracker.over is not None:
                hub.hang_up()

        words = await hub.pump(receive)
        return tracker.over or words or "its control client ended"

    async def _recapture(self) -> None:
        """Have every pane captured anew whose screen cannot be relied on; each at most so often."""
        while True:
            for pane, reason in (await self.store.wait_stale_screens()).items():
                if self._following.is_followed(pane) or self._sampler.panes.recapture(pane):
                    self.store.append(events.ScreenFailed(pane, reason))
                    self._following.capture(pane)
            await trio.sleep(RECAPTURE_EVERY_S)

    def _arrive(self, server_pid: int, version: str) -> bool:
        """Take that there is a server; say whether it is another one than before."""
        if self._server_pid not in {None, server_pid}:
            self._forget("another tmux server took its place")
        self._absent = False
        if self._server_pid is not None:
            return False
        self._server_pid = self._access.server_pid = server_pid
        self._access.version = parse_version(version)
        check(self._access.version)
        self.store.append(events.ServerConnected(version))
        return True

    def _no_server(self, reason: str) -> None:
        if not self._absent:
            self._absent = True
            self._forget(reason)
            self.begun.set()

    def _forget(self, reason: str) -> None:
        self._server_pid = None
        self._inventory.clear()
        self._discovery.finder.clear()
        self.store.append(events.ServerLost(reason))
        self._following.clear()
        self._sampler.clear()

    def _hear(self, event: events.Event, agents: trio.Nursery) -> None:
        """Log what the hub said, and see that it is followed."""
        self.store.append(event)
        self._following.hear(event, self._access, agents)
        self._sampler.hear(event)
