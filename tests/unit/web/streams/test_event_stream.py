import trio
import trio.testing

from oma.web.auth.roles import Role
from oma.web.streams.event_stream import PULSE_S


async def test_whoever_is_taken_back_gets_no_more(web):
    page = web.login(token="t")
    async with web.stream("/api/events", page) as stream:
        await stream.next()
        web.access.sessions.revoke("t")
        await stream.ended.wait()

    assert web.subscribers.open == []


async def test_a_server_that_ends_ends_its_streams(web):
    async with web.stream("/api/events", web.login()) as stream:
        await stream.next()
        web.subscribers.closing.set()
        await stream.ended.wait()


async def test_somebody_who_left_is_not_counted(web):
    async with web.stream("/api/events", web.login()) as stream:
        await stream.next()
        assert len(web.subscribers.open) == 1

    assert web.subscribers.open == []


async def test_there_is_a_limit(web):
    web.subscribers.most = 1
    page = web.login()
    async with web.stream("/api/events", page) as stream:
        await stream.next()
        refused = await web.get("/api/events", page)

    assert (refused.status, "limit" in refused.json["error"]) == (429, True)


async def test_a_stream_shows_that_it_lives(web, autojump_clock):
    async with web.stream("/api/events", web.login()) as stream:
        await stream.next()
        web.log.t = 100.0
        # It tells the time as well: the page's clock may be set, or the server may sleep.
        told = [(await stream.next())[:2] for _ in range(3)]

    assert told[-1] == ("clock", {"at": "2026-11-20T20:01:40.000+00:00"})
    assert trio.current_time() >= PULSE_S


async def test_a_session_with_an_open_stream_is_not_idle(web):
    page = web.login(Role.VIEWER, lasts_s=99_999.0)
    async with web.stream("/api/events", page) as stream:
        await stream.next()
        web.wall.t += 3600.0
        web.access.sweep()
        await trio.testing.wait_all_tasks_blocked()
        assert not stream.ended.is_set()
    web.wall.t += 3600.0
    web.access.sweep()

    assert (await web.get("/api/session", page)).status == 401
