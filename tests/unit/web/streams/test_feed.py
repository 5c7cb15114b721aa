import pytest
import trio
import trio.testing

from oma.model.events import SessionClosed, SessionRenamed
from oma.model.health import Health, Transition, Verdict
from oma.model.hosts import Link, LinkState
from oma.model.ids import SessionId
from oma.web.streams.feed import KEPT, FeedReader
from oma.web.streams.store_follower import follow


@pytest.fixture
async def followed(web, nursery):
    """Give a web whose store is followed."""
    nursery.start_soon(follow, web.store, web.view.feed, web.view.logs, web.view.history)
    nursery.start_soon(web.view.feed.run)
    await trio.testing.wait_all_tasks_blocked()
    return web


def reader(web, sees=lambda _: True, *, sees_all=True, resume=""):
    return FeedReader(web.view.feed, sees, sees_all, resume)


async def test_a_snapshot_comes_first_and_then_each_transition(followed):
    followed.agent(1)
    async with followed.stream("/api/events", followed.login()) as stream:
        event, snapshot, _ = await stream.next()
        assert (event, [a["agent"] for a in snapshot["agents"]]) == ("snapshot", ["oma-agent-1"])
        followed.log.t = 400.0
        followed.store.pass_time()
        told = [await stream.next() for _ in range(3)]

    transitions = [data for event, data, _ in told if event == "transition"]
    assert [(t["from"], t["to"]) for t in transitions] == [("ok", "idle"), ("idle", "stuck")]
    assert [t["n"] - snapshot["n"] for t in transitions] == [1, 2]
    (agent,) = followed.store.state.agents
    assert transitions[-1]["since_s"] == agent.verdict.since_s
    assert [snapshot["at"], transitions[-1]["since"]] == [
        "2026-11-20T20:00:00.000+00:00",
        followed.presenter.moment(agent.verdict.since_s),
    ]


async def test_no_snapshot_is_told_before_what_there_is_was_read(followed, autojump_clock):
    followed.view.feed.begun = trio.Event()
    with trio.move_on_after(5) as patience:
        await reader(followed).next()
    assert patience.cancelled_caught
    followed.agent(1)
    followed.view.feed.begun.set()
    assert b'"oma-agent-1"' in await reader(followed).next()


async def test_agents_that_changed_are_told_of_and_those_that_went(followed, autojump_clock):
    followed.agent(1)
    followed.agent(2)
    async with followed.stream("/api/events", followed.login()) as stream:
        await stream.next()
        await settle()
        followed.store.append(SessionRenamed(SessionId("$1"), "oma-agent-new"))

        names = await told_of(stream, "agents")
        while names != ["oma-agent-new"]:
            names = await told_of(stream, "agents")
        followed.store.append(SessionClosed(SessionId("$1")))
        followed.log.t = 61.0
        followed.store.pass_time()
        gone = await told_of(stream, "gone")

    assert gone == ["$1"]


async def settle():
    """Let what is due be told; the clock jumps."""
    await trio.sleep(3)


async def told_of(stream, event):
    while (told := await stream.next())[0] != event:
        pass
    agents = told[1]["agents"]
    return [agent if event == "gone" else agent["agent"] for agent in agents]


async def test_a_reader_that_comes_back_gets_what_it_missed(followed):
    followed.agent(1)
    first = reader(followed)
    await first.next()
    place = followed.view.feed.numbering.ident(followed.view.feed.number)
    followed.log.t = 70.0
    followed.store.pass_time()
    await trio.testing.wait_all_tasks_blocked()

    back = reader(followed, resume=place)
    clock, again = await back.next(), await back.next()

    assert clock == b'event: clock\ndata: {"at":"2026-11-20T20:01:10.000+00:00"}\n\n'
    assert again.startswith(b"id: ")
    assert b"event: transition" in again
    assert b"event: snapshot" not in again


async def test_a_reader_that_fell_behind_gets_a_snapshot_and_memory_is_bounded(followed):
    followed.agent(1)
    late = reader(followed)
    await late.next()
    verdict = Verdict(Health.OK, "active", "generic/active", "e", 0.0)
    for _ in range(KEPT + 1):
        followed.view.feed.take([Transition(0.0, 1, "oma-agent-1", None, verdict)])

    assert b"event: snapshot" in await late.next()
    assert len(followed.view.feed._kept) == KEPT


async def test_who_may_see_one_agent_hears_of_no_other(followed):
    followed.agent(1)
    followed.agent(2)
    only = reader(followed, lambda name: name == "oma-agent-2", sees_all=False)
    snapshot = await only.next()
    followed.log.t = 70.0
    followed.store.pass_time()
    await trio.testing.wait_all_tasks_blocked()

    told = snapshot + await only.next()

    assert b"oma-agent-2" in told
    assert b"oma-agent-1" not in told


async def test_who_may_see_one_agent_hears_of_none_that_calls_itself_so(followed):
    followed.agent_in_pane(2, title="✳ shared")
    only = reader(followed, lambda name: name == "shared", sees_all=False)
    snapshot = await only.next()
    followed.agent(1, "x")
    followed.log.t = 400.0
    followed.store.pass_time()
    await trio.testing.wait_all_tasks_blocked()
    with trio.move_on_after(0):
        snapshot += await only.next()

    assert b"shared" not in snapshot


async def test_after_a_gap_everybody_gets_a_snapshot(followed):
    here = reader(followed)
    await here.next()
    followed.view.feed.lose()

    assert b"event: snapshot" in await here.next()


async def test_an_agent_that_is_but_active_is_told_of_once_a_second(followed, autojump_clock):
    pane = followed.agent(1)
    async with followed.stream("/api/events", followed.login()) as stream:
        await stream.next()
        await settle()
        began = followed.view.feed.number
        for _ in range(20):
            followed.log.t += 0.1
            followed.prints(pane, b"x")
            await trio.sleep(0.1)
        told = followed.view.feed.number - began

    assert 1 <= told <= 3


async def test_what_has_ended_is_not_told_as_changed_for_ever(followed, autojump_clock):
    followed.agent(1)
    async with followed.stream("/api/events", followed.login()) as stream:
        await stream.next()
        followed.store.append(SessionClosed(SessionId("$1")))
        await trio.sleep(5)
        began = followed.view.feed.number
        await trio.sleep(5)

    assert followed.view.feed.number == began


async def test_how_machines_are_reached_is_told_and_each_change_of_it(followed, autojump_clock):
    links = {"box": Link("box", LinkState.LIVE), "gpu1": Link("gpu1", LinkState.LIVE)}
    followed.presenter.links = lambda: links
    async with followed.stream("/api/events", followed.login()) as stream:
        _, snapshot, _ = await stream.next()
        assert [(host["host"], host["state"]) for host in snapshot["hosts"]] == [
            ("box", "live"),
            ("gpu1", "live"),
        ]
        await settle()
        links["box"] = Link("box", LinkState.LOST, 1.0, "it \x1b ended")
        followed.view.feed.touch()
        event, told, _ = await stream.next()
        while not told["hosts"][0]["words"]:
            event, told, _ = await stream.next()

    assert (event, told["hosts"]) == (
        "hosts",
        [{"host": "box", "state": "lost", "words": "it ␛ ended"}],
    )
