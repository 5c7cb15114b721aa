"""The one engine that there is, as a real process."""

import signal
import tempfile
from pathlib import Path

import attrs
import pytest
import trio

from oma.runtime.fleet import redis_engine
from oma.runtime.fleet.engine import EngineError, Held, HostClaim, Writing
from oma.runtime.fleet.engine_address import parse_engine
from oma.runtime.fleet.redis_engine import RedisEngine
from tests.support.engines import real_engine
from tests.support.log_entries import FACTS, entry, numbered, printed

WRITING = Writing("box", b"piece", b"about", {"%1": b"one", "%2": b"two"}, alive=b"1.0")


@pytest.fixture
async def running():
    with tempfile.TemporaryDirectory(prefix="oma-e-") as folder, real_engine(Path(folder)) as made:
        await made.start()
        yield made


def at(running):
    return RedisEngine(parse_engine(running.url, {}))


async def test_what_is_written_is_held_and_carried(running):
    engine = at(running)
    async with engine.connect() as link, link.pieces() as pieces:
        assert await link.claim("box") == HostClaim()
        assert await link.hosts() == []
        await link.write(WRITING)
        assert await anext(pieces) == ("box", b"piece")
        told = [("5-1", b"a"), ("5-2", b"b")]
        later = attrs.evolve(WRITING, agents={"%3": b"three"}, gone=["%1"], told=told)
        await link.write(later)
        assert await link.claim("box") == HostClaim(b"about", is_alive=True, last_told="5-2")
        assert await link.hosts() == ["box"]
        held, none = await link.read([("box", "5-1"), ("nowhere", None)])
        assert (held.description, held.alive, held.told) == (b"about", b"1.0", (("5-2", b"b"),))
        assert sorted(held.agents) == [b"three", b"two"]
        assert none == Held()

        last = Writing("box", b"piece", b"about", {"%9": b"nine"}, whole=True)
        await link.write(last)
        (held,) = await link.read([("box", None)])
        assert (held.alive, held.agents, held.told) == (None, (b"nine",), ())


async def test_a_log_is_held_from_its_oldest_entry_on_and_read_from_any_place(running):
    first, second = entry(numbered([printed(b"a")]), facts=()), entry(numbered([printed(b"b")], 2))
    third = entry(numbered([printed(b"c")], 3), facts=FACTS, began_s=1.25)
    async with at(running).connect() as link:
        assert await link.log_end("box") is None
        assert await link.read_log("box", None, newest=True) == ()
        for each in (first, second, third):
            await link.append_log("box", each, first.place)
        assert await link.log_end("box") == third.place
        assert await link.read_log("box", None) == (first, second, third)
        assert await link.read_log("box", None, newest=True) == (third,)
        assert await link.read_log("box", first.place) == (second, third)
        fourth = entry(numbered([printed(b"d")], 4))
        await link.append_log("box", fourth, third.place)
        assert await link.read_log("box", None) == (third, fourth)


async def test_an_id_is_taken_once(running):
    async with at(running).connect() as link:
        told = attrs.evolve(WRITING, told=[("5-2", b"b")])
        await link.write(told)
        with pytest.raises(EngineError, match="equal or smaller"):
            await link.write(told)


async def test_an_engine_that_is_killed_says_so_to_all(running):
    with pytest.raises(EngineError):  # noqa: PT012  # what the block does ends it
        async with at(running).connect() as link, link.pieces() as pieces:
            running.kill()
            async for _ in pieces:
                pass
    with pytest.raises(EngineError):
        async with at(running).connect():
            pass


async def test_an_engine_that_is_frozen_is_not_waited_for(running, monkeypatch):
    async with at(running).connect() as link:
        running.send(signal.SIGSTOP)
        monkeypatch.setattr(redis_engine, "PATIENCE_S", 0.2)
        try:
            with pytest.raises(EngineError):
                await link.claim("box")
        finally:
            running.send(signal.SIGCONT)


async def test_whoever_listens_can_be_cancelled(running):
    async with trio.open_nursery() as nursery:
        with trio.move_on_after(0.05) as scope:
            try:
                async with at(running).connect() as link, link.pieces() as pieces:
                    async for _ in pieces:
                        pass
            except EngineError:
                await trio.lowlevel.checkpoint()
        assert scope.cancelled_caught
        nursery.cancel_scope.cancel()


async def test_who_may_not_is_told(running):
    address = attrs.evolve(parse_engine(running.url, {}), user="nobody", password="x")
    with pytest.raises(EngineError, match=r"WRONGPASS|invalid"):
        async with RedisEngine(address).connect():
            pass


async def test_who_may_not_listen_is_told():
    users = ("--user", "deaf", "on", ">secret", "+@all", "-psubscribe", "&*")
    with (
        tempfile.TemporaryDirectory(prefix="oma-e-") as folder,
        real_engine(Path(folder), *users) as running,
    ):
        await running.start()
        address = attrs.evolve(parse_engine(running.url, {}), user="deaf", password="secret")
        async with RedisEngine(address).connect() as link:
            with pytest.raises(EngineError, match="permissions to run the 'psubscribe'"):
                async with link.pieces():
                    pass
            await link.ping()


async def test_what_an_engine_that_is_full_says_is_told_without_what_was_written():
    with (
        tempfile.TemporaryDirectory(prefix="oma-e-") as folder,
        real_engine(Path(folder), "--maxmemory", "1") as running,
    ):
        await running.start()
        async with at(running).connect() as link:
            with pytest.raises(EngineError, match=r"^OOM command not allowed") as full:
                await link.write(Writing("box", b"", b"", {"$1": b"the document"}, alive=b"1"))
            assert "document" not in str(full.value)


def test_an_error_says_what_the_user_can_read():
    assert redis_engine._why(trio.TooSlowError()) == "no answer within 5 seconds"
    assert redis_engine._why(OSError()) == "the connection ended"
