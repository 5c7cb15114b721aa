from pathlib import Path

import attrs
import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from oma.errors import OmaError
from oma.model.events import (
    ConnectionLost,
    PaneClosed,
    PaneSeen,
    ScreenFailed,
    ServerConnected,
    ServerLost,
    SessionClosed,
    SessionOpened,
)
from oma.runtime.client.server_finder import AttachTarget
from oma.runtime.monitor import monitor as module
from oma.runtime.monitor import session_monitor
from oma.runtime.monitor.monitor import RECAPTURE_EVERY_S, Monitor
from oma.store.store import Store
from oma.tmux.address import ServerAddress
from oma.tmux.commands.command import Safety
from oma.tmux.notifications import ClientsChanged, SessionsChanged
from tests.support.fleet_play import PANE, SESSION, empty
from tests.support.scripted_client import ScriptedClients
from tests.support.wire_events import answer, attached, listed

HOME = "$0"
PAUSE = 'refresh-client -A "%1:pause"'


class DistrustedStore(Store):
    """As if the fold relied on no screen of these panes."""

    distrusted = ()

    async def wait_stale_screens(self):
        return dict(self.distrusted) if self.distrusted else await trio.sleep_forever()


@attrs.define
class Server:
    """A tmux server with a home for the hub, as the monitor gets to see it."""

    nursery: trio.Nursery
    version: str = "3.3a"
    targets: list = attrs.Factory(lambda: [AttachTarget(HOME, 7, "3.3a")])
    """Where the hub attaches, one time after the other; a text is a server that is absent."""
    clients: ScriptedClients = attrs.Factory(ScriptedClients)
    store: DistrustedStore = attrs.Factory(
        lambda: DistrustedStore(empty().fleet, trio.current_time)
    )
    left: int = 0
    """How often some client was said to have left."""
    monitor: Monitor = attrs.field(init=False)
    tail: object = None

    def __attrs_post_init__(self):
        self.tail = self.store.tail()
        self.monitor = Monitor(
            ServerAddress(),
            Path("/none"),
            lambda name: name.startswith("oma-"),
            self.store,
            clients_changed=self.note_left,
        )

    def note_left(self):
        self.left += 1

    async def tmux_version(self):
        return self.version

    async def wait_for_attach_target(self, server, socket, watched, on_absent, on_homeless):
        while self.targets:
            target = self.targets.pop(0)
            if isinstance(target, AttachTarget):
                return target
            on_absent(target)
        return await trio.sleep_forever()

    async def begin(self):
        scope = trio.CancelScope()

        async def run():
            with scope:
                await self.monitor.run()

        self.nursery.start_soon(run)
        await wait_all_tasks_blocked()
        return scope

    @property
    def hub(self):
        return next(c for c in reversed(self.clients.made) if "no-output" in c.attach.flags)

    def client_of(self, session):
        return next(c for c in reversed(self.clients.made) if c.attach.session == session)

    async def lists(self, *rows):
        """Have the hub hear of these panes, as the answer to its first list."""
        self.hub.says(attached())
        self.hub.says(answer(*rows))
        await wait_all_tasks_blocked()

    async def lists_again(self, *rows):
        self.hub.says(SessionsChanged())
        self.hub.says(answer(*rows))
        await wait_all_tasks_blocked()

    async def logged(self, *kinds):
        steps = await self.tail.receive()
        events = [step.record.event for step in steps]
        return [event for event in events if not kinds or isinstance(event, kinds)]


@pytest.fixture
def server(monkeypatch, nursery):
    server = Server(nursery)
    for name in ("tmux_version", "wait_for_attach_target"):
        monkeypatch.setattr(module, name, getattr(server, name))
    monkeypatch.setattr(module, "connect", server.clients.connect)
    monkeypatch.setattr(session_monitor, "connect", server.clients.connect)
    return server


async def test_the_hub_comes_first_and_every_agent_gets_a_client(server, autojump_clock):
    await server.begin()
    assert server.clients.order == ["+$0"]

    await server.lists(listed(name="oma-1"), listed(session="$2", name="other", pane="%2"))

    assert server.clients.order == ["+$0", "+$1"]
    connected, opened, seen = await server.logged()
    assert connected == ServerConnected("3.3a")
    assert opened == SessionOpened(SESSION, "oma-1")
    assert (type(seen), seen.pane) == (PaneSeen, PANE)
    server.client_of(SESSION).says(attached())
    assert server.client_of(SESSION).sent == [PAUSE]


async def test_nothing_that_watches_may_change_anything(server, autojump_clock):
    await server.begin()
    await server.lists(listed(name="oma-1"))

    assert server.clients.most is Safety.READ_ONLY
    assert {client.attach.safety for client in server.clients.made} == {Safety.READ_ONLY}


async def test_the_hub_leaves_last(server, autojump_clock):
    scope = await server.begin()
    await server.lists(listed(name="oma-1"))

    scope.cancel()
    await wait_all_tasks_blocked()

    assert server.clients.order == ["+$0", "+$1", "-$1", "-$0"]


async def test_an_agent_that_ended_has_no_client_any_more(server, autojump_clock):
    await server.begin()
    await server.lists(listed(name="oma-1"))
    await server.lists_again()
    server.client_of(SESSION).end()
    await trio.sleep(60)

    assert (await server.logged(PaneClosed, SessionClosed))[-1] == SessionClosed(SESSION)
    assert server.clients.order == ["+$0", "+$1", "-$1"]


async def test_a_hub_that_ends_is_told_and_attached_again(server, autojump_clock):
    server.targets *= 3
    await server.begin()
    await server.lists(listed(name="oma-1"))

    server.hub.end("lost server")
    await trio.sleep(1)

    assert await server.logged(ConnectionLost, ServerLost) == [ConnectionLost(None, "lost server")]
    assert server.clients.order == ["+$0", "+$1", "-$0", "+$0"]


async def test_that_there_is_no_server_is_told_once_and_ends_what_was_watched(
    server, autojump_clock
):
    server.targets += ["no tmux server", "no tmux server"]
    await server.begin()
    await server.lists(listed(name="oma-1"))
    server.hub.end()
    server.client_of(SESSION).end()
    await trio.sleep(60)

    assert await server.logged(ServerLost) == [ServerLost("no tmux server")]
    assert set(server.clients.order[2:]) == {"-$0", "-$1"}


async def test_another_server_in_its_place_is_told_and_nothing_is_known_of_it(
    server, autojump_clock
):
    server.targets.append(AttachTarget(HOME, 8, "3.4"))
    await server.begin()
    await server.lists(listed(name="oma-1"))
    server.hub.end()
    server.client_of(SESSION).end()
    await trio.sleep(1)

    assert await server.logged(ServerConnected, ServerLost) == [
        ServerConnected("3.3a"),
        ServerLost("another tmux server took its place"),
        ServerConnected("3.4"),
    ]
    assert server.monitor.access.server_pid == 8
    await server.lists(listed(name="oma-1"))
    assert server.clients.order[-1] == "+$1"


async def test_a_resync_asks_for_the_list_and_every_screen(server, autojump_clock):
    await server.begin()
    await server.lists(listed(name="oma-1"))
    agent = server.client_of(SESSION)
    agent.says(attached(), answer("%pause %1"))
    server.hub.sent.clear()

    server.monitor.resync()

    assert [line.split()[0] for line in server.hub.sent] == ["list-panes"]


async def test_a_screen_that_cannot_be_relied_on_is_captured_anew_but_not_all_the_time(
    server, autojump_clock
):
    server.store.distrusted = [(PANE, "it broke")]
    await server.begin()
    await server.lists(listed(name="oma-1"))

    await trio.sleep(4 * RECAPTURE_EVERY_S)

    failed = await server.logged(ScreenFailed)
    assert set(failed) == {ScreenFailed(PANE, "it broke")}
    assert 3 <= len(failed) <= 5


async def test_that_a_client_of_the_server_left_is_handed_on(server, autojump_clock):
    await server.begin()
    server.hub.says(attached(), ClientsChanged())

    assert server.left == 1


async def test_a_tmux_that_is_too_old_is_refused(server, autojump_clock):
    server.version = "3.1c"

    with pytest.raises(OmaError, match=r"older|needs|3\.2"):
        await server.monitor.run()
