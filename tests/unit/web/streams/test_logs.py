import pytest
import trio
import trio.testing

from oma.model.events import OutputLost, SessionClosed
from oma.model.ids import AgentId, SessionId
from oma.web.streams.logs import KEPT_LINES, STAYS_S, LogReader
from oma.web.streams.store_follower import follow
from tests.support.fleet_play import captured


@pytest.fixture
async def followed(web, nursery):
    """Give a web whose store is followed."""
    nursery.start_soon(follow, web.store, web.view.feed, web.view.logs, web.view.history)
    await trio.testing.wait_all_tasks_blocked()
    return web


def reader(web, number=1, resume=""):
    presenter = web.presenter
    return LogReader(
        web.view.logs,
        presenter,
        lambda: presenter.store.state.agent(AgentId(f"${number}")),
        resume,
    )


async def prints(web, pane, data):
    web.prints(pane, data)
    await trio.testing.wait_all_tasks_blocked()


async def test_the_screen_comes_first_and_then_lines(followed):
    pane = followed.agent(1, text=b"before\n")
    async with followed.stream("/api/agents/1/logs", followed.login()) as stream:
        event, data, _ = await stream.next()
        assert (event, data["lines"][0]) == ("snapshot", "before")
        await prints(followed, pane, b"one\r\ntwo\x1b[31m!\r\nthr")

        event, data, _ = await stream.next()

    assert (event, data) == ("lines", {"lines": ["one", "two!"]})


async def test_a_reader_that_comes_back_goes_on_where_it_was(followed):
    pane = followed.agent(1)
    headers = followed.login()
    async with followed.stream("/api/agents/1/logs", headers) as stream:
        *_, place = await stream.next()
    await prints(followed, pane, b"missed\r\n")

    headers["last-event-id"] = place
    async with followed.stream("/api/agents/1/logs", headers) as stream:
        assert (await stream.next())[:2] == ("lines", {"lines": ["missed"]})


async def test_a_slow_reader_gets_a_snapshot_and_memory_is_bounded(followed):
    pane = followed.agent(1)
    slow = reader(followed)
    await slow.next()
    await prints(followed, pane, b"line\r\n" * (KEPT_LINES + 1))

    assert b"event: snapshot" in await slow.next()
    log = followed.view.logs.open(pane)
    assert len(log._lines) == KEPT_LINES


@pytest.mark.parametrize("event", [lambda p: OutputLost(p, "full"), lambda p: captured(pane=p)])
async def test_after_a_gap_there_is_a_snapshot(followed, event):
    pane = followed.agent(1)
    here = reader(followed)
    await here.next()
    followed.store.append(event(pane))
    await trio.testing.wait_all_tasks_blocked()

    assert b"event: snapshot" in await here.next()


async def test_the_log_of_an_agent_that_is_gone_ends(followed):
    followed.agent(1)
    async with followed.stream("/api/agents/1/logs", followed.login()) as stream:
        await stream.next()
        followed.store.append(SessionClosed(SessionId("$1")))
        await stream.ended.wait()


async def test_lines_are_made_while_somebody_reads_and_a_while_longer(followed):
    pane = followed.agent(1)
    here = reader(followed)
    with here.reading():
        await here.next()
    await prints(followed, pane, b"x\r\n")
    assert followed.view.logs._logs
    followed.log.t += STAYS_S + 1

    await prints(followed, pane, b"x\r\n")

    assert not followed.view.logs._logs
