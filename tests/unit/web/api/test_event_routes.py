import trio
import trio.testing

from oma.web.api.event_routes import BATCHES_A_SECOND, LOG_PAUSE_S
from oma.web.auth.roles import Role
from oma.web.streams.store_follower import follow


async def test_a_stream_is_for_those_who_logged_in(web):
    web.agent(1)

    assert (await web.get("/api/events")).status == 401
    assert (await web.get("/api/agents/1/logs")).status == 401


async def test_reading_a_log_is_written_down_and_shown(web):
    web.agent(1)
    async with web.stream("/api/agents/1/logs", web.login(Role.VIEWER)) as stream:
        await stream.next()
        shown = (await web.get("/api/agents/1", web.login())).json["viewers"]

    assert shown == ["ann"]
    assert ("logs", "oma-agent-1") in [(a["event"], a.get("agent")) for a in web.audited]


async def test_a_login_for_one_agent_reads_no_other(web):
    web.agent(1)
    web.agent(2)

    page = web.login(Role.VIEWER, agent="oma-agent-1")

    assert (await web.get("/api/agents/2/logs", page)).status == 404


async def test_lines_come_in_batches_and_less_often_to_many(web, nursery, autojump_clock):
    nursery.start_soon(follow, web.store, web.view.feed, web.view.logs, web.view.history)
    pane = web.agent(1)
    await trio.testing.wait_all_tasks_blocked()
    async with web.stream("/api/agents/1/logs", web.login()) as stream:
        await stream.next()
        await batch_s(web, pane, stream)
        alone_s = await batch_s(web, pane, stream)
        web.subscribers.open.extend([web.subscribers.open[0]] * (BATCHES_A_SECOND // 10))
        await batch_s(web, pane, stream)
        crowded_s = await batch_s(web, pane, stream)
        del web.subscribers.open[1:]

    assert alone_s <= LOG_PAUSE_S * 1.01
    assert 0.09 < crowded_s < 0.11


async def batch_s(web, pane, stream):
    """Return how long the next batch takes; the clock jumps."""
    began_s = trio.current_time()
    web.prints(pane, b"line\r\n")
    await stream.next()
    return trio.current_time() - began_s
