"""The watch of a run: whose it is, and what becomes of it when the service comes and goes."""

import attrs
import pytest
import trio
import trio.testing

from oma.cli import watching
from oma.cli.cli_context import read_context
from oma.cli.option_values import GlobalOptions
from oma.cli.watching import RECOVERED_S, Watching, connect_service, key_of
from oma.recording.recording_format import Header
from oma.runtime.clock import start_clock
from oma.runtime.service.protocol import NOW
from oma.runtime.service.service_address import service_address
from oma.runtime.service.service_feed import HANGS, NoServiceError, ServiceRefusedError
from oma.runtime.service.service_socket import SETTLES_WITHIN_S, ServiceSocket
from oma.store.store import Store
from tests.support.fleet_play import empty
from tests.support.patience import look_until
from tests.support.service_store import HEADER, a_store


@pytest.fixture
def context(tmp_path, monkeypatch):
    tmp_path.chmod(0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return read_context(GlobalOptions(socket_path=str(tmp_path / "t")))


def a_service(context, store, header: Header = HEADER, key=None):
    address = service_address(context.socket, {"XDG_RUNTIME_DIR": str(context.socket.parent)})
    return ServiceSocket(address, key or key_of(context), header, store)


async def test_without_a_service_a_run_watches_by_itself(context, capsys):
    assert await connect_service(context) is None
    assert capsys.readouterr().err == ""


async def test_a_run_has_begun_when_it_was_said_what_there_is(context, nursery):
    store = Store(empty().fleet, trio.current_time)
    run = Watching(attrs.evolve(context, no_service=True), store, start_clock(), ())
    nursery.start_soon(run.run)
    await run.begun()
    assert not store.state.has_server


@pytest.mark.parametrize("changes", [{"no_service": True}, {"include": frozenset({"a"})}])
async def test_a_run_may_be_by_itself_on_purpose(context, changes):
    async with trio.open_nursery() as nursery:
        nursery.start_soon(a_service(context, a_store()).run)
        await trio.testing.wait_all_tasks_blocked()
        assert await connect_service(attrs.evolve(context, **changes)) is None
        nursery.cancel_scope.cancel()


async def test_a_service_of_another_version_is_said_and_done_without(context, capsys):
    async with trio.open_nursery() as nursery:
        nursery.start_soon(a_service(context, a_store(), key="another").run)
        await trio.testing.wait_all_tasks_blocked()
        assert await connect_service(context) is None
        nursery.cancel_scope.cancel()

    (line,) = capsys.readouterr().err.splitlines()
    assert "watching by itself: it is another version of oma" in line


async def test_a_service_comes_and_goes_and_nothing_is_told_twice(context, capsys, monkeypatch):
    monkeypatch.setattr(watching, "AGAIN_S", 0.05)
    monkeypatch.setattr(watching, "LOOK_EVERY_S", 0.05)

    async def watch_alone(_):
        await trio.sleep_forever()

    monkeypatch.setattr(Watching, "_watch_alone", watch_alone)
    first, clock = a_store(), start_clock()
    store = Store(empty().fleet, clock.now_s)
    tail, told = store.tail(), []

    async def read():
        while steps := await tail.receive():
            told.extend(x for step in steps for x in step.transitions)

    async with trio.open_nursery() as nursery:
        nursery.start_soon(read)
        async with trio.open_nursery() as service:
            service.start_soon(a_service(context, first).run)
            await trio.testing.wait_all_tasks_blocked()
            feed = await connect_service(context)
            run = Watching(context, store, clock, (), feed=feed, samples_processes=False)
            nursery.start_soon(run.run)
            await run.known()
            assert run.access.socket == context.socket
            service.cancel_scope.cancel()
        assert await look_until(lambda: not store.is_fed)
        run.resync()
        nursery.start_soon(a_service(context, first).run)
        assert await look_until(lambda: store.is_fed)
        await run.known()
        run.resync()
        nursery.cancel_scope.cancel()

    assert [(x.agent, str(x.verdict.health)) for x in told] == [("oma-agent-1", "ok")]
    assert capsys.readouterr().err.splitlines() == [
        "oma: the service is gone (it has ended): watching by itself",
        "oma: the service is there again",
    ]


class Scripted:
    """A feed that ends for this reason, or never."""

    def __init__(self, reason=None):
        self.reason = reason
        self.connection = self

    def close(self):
        pass

    async def follow(self, store, clients_changed):
        await trio.lowlevel.checkpoint()
        if self.reason is None:
            await trio.sleep_forever()
        return self.reason


async def watched(context, monkeypatch, connect, reason, within_s):
    """Watch for a while by a feed that ends for a reason, and by what `connect` gives then; return the store."""

    async def watch_alone(_):
        await trio.sleep_forever()

    monkeypatch.setattr(watching.ServiceFeed, "connect", connect)
    monkeypatch.setattr(Watching, "_watch_alone", watch_alone)
    clock = start_clock()
    store = Store(empty().fleet, clock.now_s)
    with trio.move_on_after(within_s):
        await Watching(context, store, clock, (), feed=Scripted(reason)).run()
    return store


@pytest.mark.parametrize(
    ("reason", "tries"), [(HANGS, [0.5, 0.5 + RECOVERED_S]), ("it has ended", [0.0])]
)
async def test_a_service_that_hung_has_to_answer_for_some_time(
    context, autojump_clock, monkeypatch, reason, tries
):
    """What it sees only now it would tell as news."""
    tried, began_s = [], trio.current_time()

    async def connect(address, key, *, settled):
        tried.append(trio.current_time() - began_s)
        assert settled
        return Scripted()

    store = await watched(context, monkeypatch, connect, reason, 10.0)

    assert tried == pytest.approx(tries)
    assert store.is_fed


async def test_a_service_that_does_not_come_is_looked_for_less_often(
    context, autojump_clock, monkeypatch
):
    tried, began_s = [], trio.current_time()

    async def connect(address, key, *, settled):
        tried.append(trio.current_time() - began_s)
        raise NoServiceError("none")

    await watched(context, monkeypatch, connect, HANGS, 91.0)

    assert tried[:2] == pytest.approx([0.5, 1.0])
    assert tried[-4:] == pytest.approx([60.0, 70.0, 80.0, 90.0])


async def test_a_service_that_hung_has_to_settle_within_a_while(
    context, autojump_clock, monkeypatch
):
    tried, began_s = [], trio.current_time()

    async def connect(address, key, *, settled):
        tried.append((settled, trio.current_time() - began_s))
        if settled == NOW:
            raise ServiceRefusedError("it has not settled")
        return Scripted()

    store = await watched(context, monkeypatch, connect, HANGS, 20.0)

    first, *asked, last = tried
    assert first == (True, pytest.approx(0.5))
    assert {settled for settled, _ in asked} == {NOW}
    assert last == (True, pytest.approx(0.5 + RECOVERED_S + SETTLES_WITHIN_S))
    assert store.is_fed
