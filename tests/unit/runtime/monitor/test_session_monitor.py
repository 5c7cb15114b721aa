import attrs
import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from oma.errors import CommandError, ProtocolError
from oma.model.events import ConnectionLost, OutputLost, PaneCaptured, PaneOutput
from oma.runtime.client.back_off import STEADY_S
from oma.runtime.client.server_access import ServerAccess
from oma.runtime.monitor import session_monitor
from oma.runtime.monitor.held_output import MUCH_BYTES, SILENT_S
from oma.runtime.monitor.session_monitor import ASK_AGAIN_S, FAREWELL_S, SessionMonitor
from oma.store.store import Store
from oma.tmux.capabilities import parse_version
from oma.tmux.commands.command import Safety
from oma.tmux.commands.render import to_line
from oma.tmux.notifications import Exit
from oma.tmux.pane_inventory import PaneInventory
from oma.tmux.queries.panes import answer as nothing_of
from tests.support.fleet_play import PANE, SESSION, empty
from tests.support.scripted_client import ScriptedClients
from tests.support.wire_events import answer, attached, output, screen


@attrs.define
class Watch:
    """A session that is watched, its clients, and the log."""

    clients: ScriptedClients
    nursery: trio.Nursery
    store: Store = attrs.Factory(lambda: Store(empty().fleet, trio.current_time))
    monitor: SessionMonitor = attrs.field(init=False)
    left: bool = False

    def __attrs_post_init__(self):
        access = ServerAccess("/none", parse_version("3.3a"))
        self.monitor = SessionMonitor(SESSION, PaneInventory(), self.store.append, access)
        self.tail = self.store.tail()

    tail: object = None

    async def begin(self):
        self.nursery.start_soon(self._run)
        await wait_all_tasks_blocked()

    async def _run(self):
        await self.monitor.run()
        self.left = True

    @property
    def client(self):
        return self.clients.made[-1]

    async def logged(self):
        if self.tail._steps:
            return [step.record.event for step in await self.tail.receive()]
        return []


@pytest.fixture
def watch(monkeypatch, nursery):
    clients = ScriptedClients()
    monkeypatch.setattr(session_monitor, "connect", clients.connect)
    return Watch(clients, nursery)


async def test_a_pane_is_captured_and_followed_from_there(watch, autojump_clock):
    watch.monitor.follow(PANE)
    await watch.begin()
    client = watch.client
    assert client.sent == []

    client.says(attached())
    assert client.sent == ['refresh-client -A "%1:pause"']
    client.says(answer("%pause %1"))
    client.says(answer(screen()), answer("hello"), answer())
    client.says(output(b"more"))

    captured, printed = await watch.logged()
    assert (type(captured), captured.data) == (PaneCaptured, b"hello\n")
    assert printed == PaneOutput(PANE, b"more")


async def test_its_client_may_send_nothing_that_changes_anything(watch, autojump_clock):
    await watch.begin()

    assert watch.clients.most is Safety.READ_ONLY
    assert watch.client.attach.safety is Safety.READ_ONLY


async def test_a_pane_that_is_let_go_is_paused_and_no_client_captures_it_again(
    watch, autojump_clock
):
    watch.monitor.follow(PANE)
    await watch.begin()
    watch.client.says(attached(), answer("%pause %1"))
    watch.client.says(answer(screen()), answer("hello"), answer())
    watch.client.sent.clear()

    watch.monitor.unfollow(PANE)
    assert watch.client.sent == ['refresh-client -A "%1:pause"']
    watch.client.end()
    await trio.sleep(1.0)
    watch.client.says(attached())

    assert watch.client.sent == []


async def test_panes_are_paused_before_a_client_leaves_a_session_that_lives(watch, autojump_clock):
    """Tmux would forget what it has not written to the client yet, and die of that."""
    watch.monitor.follow(PANE)
    await watch.begin()
    client = watch.client
    client.says(attached(), answer("%pause %1"))
    client.says(answer(screen()), answer("hello"), answer())
    client.sent.clear()

    watch.monitor.end(lives=True)
    await wait_all_tasks_blocked()

    assert client.sent == ['refresh-client -A "%1:pause"']
    assert watch.left


async def test_a_client_that_ends_is_started_again_and_what_is_missing_is_told(
    watch, autojump_clock
):
    watch.monitor.follow(PANE)
    await watch.begin()
    watch.client.says(attached(), Exit("too far behind"))
    await trio.sleep(FAREWELL_S + 0.2)

    assert watch.clients.order == ["+$1", "-$1", "+$1"]
    assert await watch.logged() == [
        ConnectionLost(SESSION, "too far behind"),
        OutputLost(PANE, "its control client ended"),
    ]
    watch.client.says(attached())
    assert watch.client.sent == ['refresh-client -A "%1:pause"']


async def test_a_session_that_ends_is_no_connection_that_was_lost(watch, autojump_clock):
    await watch.begin()
    watch.client.says(attached(), Exit(None))
    await trio.sleep(FAREWELL_S / 2)
    watch.monitor.closed.set()
    await wait_all_tasks_blocked()

    assert watch.left
    assert await watch.logged() == []
    assert watch.clients.order == ["+$1", "-$1"]


@pytest.mark.parametrize(
    "failure", [ProtocolError("not the grammar"), CommandError("no descriptors left")]
)
async def test_a_client_that_cannot_be_had_is_told_and_tried_again(watch, failure, autojump_clock):
    watch.clients.failure = failure
    await watch.begin()
    await trio.sleep(FAREWELL_S + 0.2)

    assert await watch.logged() == [ConnectionLost(SESSION, str(failure))]
    assert watch.clients.order == ["+$1"]


async def test_a_client_that_fails_again_and_again_is_tried_ever_less_often(watch, autojump_clock):
    await watch.begin()
    for wait_s in (0.1, 0.3, 1.0, 1.0):
        count = len(watch.clients.made)
        watch.client.end("it failed")
        await trio.sleep(FAREWELL_S + wait_s - 0.01)
        assert len(watch.clients.made) == count
        await trio.sleep(0.02)
        assert len(watch.clients.made) == count + 1


async def test_a_client_that_lived_long_is_started_again_at_once(watch, autojump_clock):
    await watch.begin()
    await trio.sleep(STEADY_S + 1)
    watch.client.end()
    await trio.sleep(FAREWELL_S + 0.01)

    assert len(watch.clients.made) == 2


async def test_a_server_without_descriptors_is_left_alone_and_asked_again(
    watch, monkeypatch, autojump_clock
):
    room = [False]
    monkeypatch.setattr(session_monitor, "server_has_room", lambda pid: room[0])
    await watch.begin()
    await trio.sleep(3 * ASK_AGAIN_S)
    assert watch.clients.made == []
    assert [event.reason for event in await watch.logged()] == [
        "not followed: the tmux server has too few descriptors left"
    ]

    room[0] = True
    await trio.sleep(ASK_AGAIN_S + 1)

    assert len(watch.clients.made) == 1


@pytest.mark.parametrize(("remains", "followed"), [("0\n1\n", False), ("0\n0\n", True)])
async def test_a_tmux_that_dies_of_dead_panes_gets_no_client_where_panes_stay(
    watch, tmux, remains, followed
):
    tmux.says("list-panes", remains)
    watch.monitor.access.version = parse_version("3.2a")
    watch.nursery.start_soon(watch.monitor.run)
    while not (watch.clients.made or watch.store.seq):
        await trio.lowlevel.checkpoint()

    assert bool(watch.clients.made) is followed
    watch.monitor.closed.set()
    if followed:
        watch.client.end()


async def test_after_much_output_tmux_is_asked_for_what_it_may_hold(watch, autojump_clock):
    watch.monitor.follow(PANE)
    await watch.begin()
    client = watch.client
    client.says(attached())
    client.says(answer("%pause %1"))
    client.says(answer(screen()), answer("hello"), answer())
    client.says(output(b"x" * MUCH_BYTES))
    sent = len(client.sent)

    await trio.sleep(SILENT_S + 1)

    assert client.sent[sent:] == [to_line(nothing_of(SESSION))]
    client.says(answer())
    client.says(output(b"more"))
    assert (await watch.logged())[-1] == PaneOutput(PANE, b"more")
