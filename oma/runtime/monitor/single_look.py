"""One look at the agents of a server by one control client, which is gone afterwards."""

import math
from collections.abc import Callable, Sequence
from pathlib import Path

import attrs
import trio

from oma.detection.agent_finder import NESTED, AgentFinder
from oma.detection.profile import Profile
from oma.errors import OmaError
from oma.model.events import AgentFound, PaneCaptured, ServerConnected
from oma.model.ids import PaneId, SessionId
from oma.runtime.client.connection import connect
from oma.runtime.client.pane_list import list_panes
from oma.runtime.client.server import choose_attach_target, find_sessions, tmux_version
from oma.runtime.client.server_access import ServerAccess
from oma.runtime.client.tmux_client import PATIENCE_S
from oma.runtime.monitor.checkouts import CheckoutReader
from oma.runtime.monitor.discovery import facts_of
from oma.runtime.monitor.status_files import StatusFileReader
from oma.screen.emulator import Screen
from oma.store.store import Store
from oma.tmux.address import ServerAddress
from oma.tmux.capabilities import check, parse_version
from oma.tmux.commands.clients import quiet_client
from oma.tmux.notifications import WireEvent
from oma.tmux.pane_inventory import PaneInventory
from oma.tmux.queries.panes import PaneRow
from oma.tmux.snapshot_query import SnapshotQuery


async def take_single_look(
    server: ServerAddress,
    socket: Path,
    watched: Callable[[str], bool],
    finds: Callable[[PaneRow], bool],
    profiles: Sequence[Profile],
    store: Store,
) -> None:
    """Log what there is now.

    Args:
        server: Which one.
        socket: Of the server.
        watched: Whether a session of a name is an agent.
        finds: Whether an agent that runs in a pane is listed.
        profiles: The kinds of agents that are found.
        store: Gets the facts, the screens last: a screen means what it means to an agent of its kind.

    Raises:
        OmaError: tmux is not there, is too old, or does not answer.
    """
    look = _Look(server, socket, watched, finds, store, AgentFinder(profiles))
    async with trio.open_nursery() as nursery:
        nursery.start_soon(look.ask_tmux)
        await trio.lowlevel.checkpoint()  # tmux is at work now, and so can we be
        from oma.runtime.monitor.processes import ProcessTable

        processes = ProcessTable()
        await processes.read_ahead()
    for screen in look.screens:
        look.recognise(screen)
    await processes.sample_into(store)
    with trio.move_on_after(PATIENCE_S):  # a file system may hang
        await CheckoutReader().read_into(store)
        await StatusFileReader().read_into(store)
    for screen in look.screens:
        store.append(screen)


@attrs.define
class _Look:
    """The look in progress."""

    server: ServerAddress
    socket: Path
    watched: Callable[[str], bool]
    finds: Callable[[PaneRow], bool]
    store: Store
    finder: AgentFinder
    inventory: PaneInventory = attrs.Factory(PaneInventory)
    screens: list[PaneCaptured] = attrs.Factory(list)

    async def ask_tmux(self) -> None:
        """Log what there is but for the screens, which are kept."""
        version = await tmux_version()
        check(parse_version(version))
        sessions = await find_sessions(self.server)
        if sessions is None:
            return
        version = sessions[0].server_version if sessions else version
        self.store.append(ServerConnected(version))
        rows = await list_panes(self.server)
        candidates = await self._find(rows)
        home = choose_attach_target(sessions, self.watched)
        if home is None:  # every session would end with a client of ours
            for event in self.inventory.update(rows, self.watched, None):
                self.store.append(event)
            return
        await self._capture(version, home, candidates)

    def recognise(self, screen: PaneCaptured) -> None:
        """Log the agent that a screen tells of, where nothing else did."""
        told = self.finder.looked(screen.pane, Screen.seeded(screen).lines())
        if told is not None:
            self._log(told)

    async def _find(self, rows: Sequence[PaneRow]) -> list[PaneId]:
        """Log the agents that are found; return the panes whose screens may tell of more."""
        facts = {row.pane: facts_of(row) for row in rows if self.finds(row)}
        for found in self.finder.update(0.0, facts.values()):
            self._log(found)
        pids = self.finder.to_read(0.0)
        if pids:
            from oma.runtime.process_tree import foreground_lines

            lines = await trio.to_thread.run_sync(foreground_lines, pids)
            for pane in pids:
                told, _ = self.finder.read(0.0, pane, lines[pane])
                if told is not None:
                    self._log(told)
        nested = {row.pane for row in rows if row.command == NESTED}
        return [pane for pane in self.finder.to_look(math.inf) if pane not in nested]

    async def _capture(self, version: str, home: SessionId, candidates: list[PaneId]) -> None:
        query = SnapshotQuery(self.watched, self.inventory, candidates)
        with trio.move_on_after(PATIENCE_S) as patience:
            access = ServerAccess(self.socket, parse_version(version))
            attach = quiet_client(home)
            async with connect(access, attach) as hub:

                def receive(batch: list[WireEvent]) -> None:
                    for event in query.receive(batch):
                        if isinstance(event, PaneCaptured):
                            self.screens.append(event)
                        else:
                            self.store.append(event)
                    hub.write(query.commands)
                    query.commands.clear()
                    if query.done or query.refused is not None:
                        hub.hang_up()

                await hub.pump(receive)
        if not query.done:
            hangs = "it seems to hang" if patience.cancelled_caught else "its control client ended"
            raise OmaError(f"tmux does not answer: {query.refused or hangs}")

    def _log(self, found: AgentFound) -> None:
        self.store.append(found)
        for event in self.inventory.find(found.pane):
            self.store.append(event)
