import attrs
import pytest
import trio
import trio.lowlevel
import trio.testing

from oma.errors import OmaError
from oma.model.events import PaneOutput
from oma.runtime.client.line_buffer import BoundedLineBuffer
from oma.runtime.service.service_address import ServiceAddress
from oma.runtime.service.service_feed import (
    HANGS,
    NoServiceError,
    ServiceFeed,
    ServiceRefusedError,
)
from oma.store.store import Store
from tests.support.fleet_play import PANE, empty
from tests.support.patience import look_until
from tests.support.service_store import KEY, a_store, served


def reader():
    return Store(empty().fleet, trio.current_time, is_fed=True)


def told(tail):
    return [attrs.evolve(x, seq=0, t=0.0) for step in tail._steps for x in step.transitions]


async def test_a_store_that_is_fed_knows_what_the_service_knows(tmp_path):
    store, other, changes = a_store(), reader(), []
    async with served(tmp_path, store) as service, trio.open_nursery() as nursery:
        feed = await ServiceFeed.connect(service.address, KEY)
        tail = other.tail()
        nursery.start_soon(feed.follow, other, lambda: changes.append(1))
        await feed.standing.wait()
        assert [a.name for a in other.state.agents] == [a.name for a in store.state.agents]
        assert other.shown(other.state.agents[0].id) == store.shown(store.state.agents[0].id)
        assert [str(x.verdict.health) for x in told(tail)] == ["ok"]

        store.append(PaneOutput(PANE, b"\x1b[2J\x1b[Hnews"))
        service.clients_changed()
        assert await look_until(lambda: changes)
        assert other.shown(other.state.agents[0].id)[0] == "news"
        nursery.cancel_scope.cancel()


async def test_what_is_noted_meanwhile_lets_no_time_pass(autojump_clock):
    other = reader()
    await trio.sleep(70.0)

    other.append(PaneOutput(PANE, b"x"))
    other.pass_time()

    assert (other.seq, other.t) == (1, 0.0)


async def test_a_service_that_ends_is_told_of(tmp_path):
    store, other, reasons = a_store(), reader(), []
    async with trio.open_nursery() as nursery, served(tmp_path, store) as service:
        feed = await ServiceFeed.connect(service.address, KEY)

        async def follow():
            reasons.append(await feed.follow(other, lambda: None))

        nursery.start_soon(follow)
        await feed.standing.wait()
    assert reasons == ["it has ended"]


async def test_a_service_that_hangs_is_told_of(tmp_path, autojump_clock):
    listening = trio.socket.socket(trio.socket.AF_UNIX)
    with listening:
        await listening.bind(str(tmp_path / "s.sock"))
        listening.listen()
        with pytest.raises(NoServiceError, match="no service answers"):
            await ServiceFeed.connect(ServiceAddress(tmp_path / "s.sock"), KEY)

        one, silent = trio.socket.socketpair(trio.socket.AF_UNIX)
        with silent:
            feed = ServiceFeed(one, BoundedLineBuffer(1000), [], None)
            assert await feed.follow(reader(), lambda: None) == HANGS


@pytest.mark.parametrize("line", [b"garbage\n", b"[1]\n", b'{"format":"x"}\n', b""])
async def test_what_is_no_service_is_none(tmp_path, line):
    async def answer(connection):
        await connection.recv(4096)
        await connection.send(line)
        connection.close()

    listening = trio.socket.socket(trio.socket.AF_UNIX)
    with listening:
        await listening.bind(str(tmp_path / "s.sock"))
        listening.listen()
        async with trio.open_nursery() as nursery:

            async def serve():
                connection, _ = await listening.accept()
                await answer(connection)

            nursery.start_soon(serve)
            with pytest.raises(NoServiceError):
                await ServiceFeed.connect(ServiceAddress(tmp_path / "s.sock"), KEY)


async def test_a_refusal_says_why(tmp_path):
    async with served(tmp_path, a_store()) as service:
        with pytest.raises(ServiceRefusedError, match="another version of oma"):
            await ServiceFeed.connect(service.address, "another")


async def test_damage_on_the_way_ends_it(tmp_path):
    one, other = trio.socket.socketpair(trio.socket.AF_UNIX)
    with other:
        feed = ServiceFeed(one, BoundedLineBuffer(1000), [b'{"seq":1}'], None)
        assert "cannot be read" in await feed.follow(reader(), lambda: None)
    with pytest.raises(OmaError):
        await ServiceFeed.connect(ServiceAddress(tmp_path / "no.sock"), KEY)
