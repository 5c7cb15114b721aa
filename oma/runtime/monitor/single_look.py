"""One look at the agents of a server by one control client, which is gone afterwards."""

from collections.abc import Callable
from pathlib import Path

import trio

from oma.errors import OmaError
from oma.model.events import PaneCaptured, ServerConnected
from oma.runtime.agents.lookup import list_panes
from oma.runtime.client.connection import connect
from oma.runtime.client.server import choose_attach_target, find_sessions, tmux_version
from oma.runtime.client.server_access import ServerAccess
from oma.runtime.client.tmux_client import PATIENCE_S
from oma.store.store import Store
from oma.tmux.address import ServerAddress
from oma.tmux.capabilities import check, parse_version
from oma.tmux.commands.clients import quiet_client
from oma.tmux.notifications import WireEvent
from oma.tmux.pane_inventory import PaneInventory
from oma.tmux.snapshot_query import SnapshotQuery


async def take_single_look(
    server: ServerAddress, socket: Path, watched: Callable[[str], bool], store: Store
) -> None:
    """Log what there is now.

    Args:
        server: Which one.
        socket: Of the server.
        watched: Whether a session of a name is an agent.
        store: Gets the facts, the screens last: a screen means what it means to an agent of its kind.

    Raises:
        OmaError: tmux is not there, is too old, or does not answer.
    """
    screens: list[PaneCaptured] = []
    async with trio.open_nursery() as nursery:
        nursery.start_soon(_ask_tmux, server, socket, watched, store, screens)
        await trio.lowlevel.checkpoint()  # tmux is at work now, and so can we be
        from oma.runtime.monitor.processes import ProcessTable

        processes = ProcessTable()
        await processes.read_ahead()
    await processes.sample_into(store)
    for screen in screens:
        store.append(screen)


async def _ask_tmux(
    server: ServerAddress,
    socket: Path,
    watched: Callable[[str], bool],
    store: Store,
    screens: list[PaneCaptured],
) -> None:
    """Log what there is but for the screens, which are put into the list."""
    version = await tmux_version()
    check(parse_version(version))
    sessions = await find_sessions(server)
    if sessions is None:
        return
    version = sessions[0].server_version if sessions else version
    store.append(ServerConnected(version))
    home = choose_attach_target(sessions, watched)
    if home is None:  # every session would end with a client of ours
        for event in PaneInventory().update(await list_panes(server), watched, None):
            store.append(event)
        return
    query = SnapshotQuery(watched)
    with trio.move_on_after(PATIENCE_S) as patience:
        access = ServerAccess(socket, parse_version(version))
        attach = quiet_client(home)
        async with connect(access, attach) as hub:

            def receive(batch: list[WireEvent]) -> None:
                events = query.receive(batch)
                screens.extend(event for event in events if isinstance(event, PaneCaptured))
                for event in (e for e in events if not isinstance(e, PaneCaptured)):
                    store.append(event)
                hub.write(query.commands)
                query.commands.clear()
                if query.done or query.refused is not None:
                    hub.hang_up()

            await hub.pump(receive)
    if not query.done:
        hangs = "it seems to hang" if patience.cancelled_caught else "its control client ended"
        message = f"tmux does not answer: {query.refused or hangs}"
        raise OmaError(message)
