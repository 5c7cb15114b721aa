import trio
import trio.testing

from oma.web.auth.roles import Role
from oma.web.streams.stream import PULSE_S


async def test_whoever_is_taken_back_gets_no_more(world):
    page = world.login(token="t")
    async with world.stream("/api/events", page) as stream:
        await stream.next()
        world.site.sessions.revoke("t")
        await stream.ended.wait()

    assert world.site.subscribers.seats == []


async def test_a_server_that_ends_ends_its_streams(world):
    async with world.stream("/api/events", world.login()) as stream:
        await stream.next()
        world.site.subscribers.closing.set()
        await stream.ended.wait()


async def test_somebody_who_left_is_not_counted(world):
    async with world.stream("/api/events", world.login()) as stream:
        await stream.next()
        assert len(world.site.subscribers.seats) == 1

    assert world.site.subscribers.seats == []


async def test_there_is_a_limit(world):
    world.site.subscribers.most = 1
    page = world.login()
    async with world.stream("/api/events", page) as stream:
        await stream.next()
        refused = await world.get("/api/events", page)

    assert (refused.status, "limit" in refused.json["error"]) == (429, True)


async def test_a_stream_shows_that_it_lives(world, autojump_clock):
    async with world.stream("/api/events", world.login()) as stream:
        await stream.next()
        await trio.sleep(PULSE_S * 3)
        assert not stream.ended.is_set()


async def test_a_session_with_an_open_stream_is_not_idle(world):
    page = world.login(Role.VIEWER, lasts_s=99_999.0)
    async with world.stream("/api/events", page) as stream:
        await stream.next()
        world.wall.t += 3600.0
        world.site.sweep()
        await trio.testing.wait_all_tasks_blocked()
        assert not stream.ended.is_set()
    world.wall.t += 3600.0
    world.site.sweep()

    assert (await world.get("/api/session", page)).status == 401
