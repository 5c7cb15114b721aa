"""A store with an agent, and the service of it on a socket, on the clock of the test."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import trio
import trio.testing

from oma.model.events import PaneOutput, ServerConnected, SessionOpened
from oma.recording.recording_format import VERSION, Header
from oma.runtime.service.service_address import ServiceAddress
from oma.runtime.service.service_socket import ServiceSocket
from oma.store.store import Store
from tests.support.fleet_play import PANE, SESSION, captured, empty, sampled, seen

KEY = "the key"
HEADER = Header(VERSION, "2026-01-01T00:00:00Z", "3.3a", "0.2.0", {}, {})


def a_store() -> Store:
    """A store in which an agent has printed."""
    store = Store(empty().fleet, trio.current_time)
    for event in (
        ServerConnected("3.3a"),
        SessionOpened(SESSION, "oma-agent-1"),
        seen(idle_s=0.0),
        captured(),
        sampled(),
        PaneOutput(PANE, b"hello\r\n"),
    ):
        store.append(event)
    return store


@asynccontextmanager
async def served(place: Path, store: Store, **values: Any) -> AsyncIterator[ServiceSocket]:
    """Serve a store while the block runs."""
    service = ServiceSocket(ServiceAddress(place / "s.sock"), KEY, HEADER, store, **values)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(service.run)
        await trio.testing.wait_all_tasks_blocked()
        yield service
        nursery.cancel_scope.cancel()
