"""How long the first frame of a dashboard stands."""

from types import SimpleNamespace

import pytest
import trio
import trio.testing

from oma.cli.first_knowledge import GATHER_S, KEY_S, KNOWN_S, until_known
from oma.model.events import ServerConnected, SessionOpened
from oma.store.store import Store
from tests.support.fleet_play import SESSION, captured, empty, sampled, seen
from tests.support.service_store import a_store


@pytest.fixture
async def live():
    """A run that has found nothing yet."""
    begun = trio.Event()
    return SimpleNamespace(
        store=a_store(),
        ending=trio.Event(),
        monitor=SimpleNamespace(begun=begun.wait),
        found=begun.set,
    )


def unjudged():
    store = Store(empty().fleet, trio.current_time)
    store.append(ServerConnected("3.3a"))
    store.append(SessionOpened(SESSION, "oma-agent-1"))
    store.append(seen(idle_s=0.0))
    assert [agent.verdict.reason for agent in store.state.agents] == ["unseen"]
    return store


async def took(live, key=trio.sleep_forever):
    began_s = trio.current_time()
    await until_known(live, key)
    return trio.current_time() - began_s


async def test_it_stands_until_the_agents_are_found_and_judged(live, autojump_clock):
    live.found()
    assert await took(live) == 0.0


async def test_what_is_never_found_keeps_it_for_a_while(live, autojump_clock):
    assert await took(live) == KNOWN_S


async def test_what_is_found_and_never_judged_keeps_it_as_well(live, autojump_clock):
    live.store = unjudged()
    live.found()
    assert await took(live) == KNOWN_S


async def test_a_key_waits_for_agents_and_not_for_long_for_verdicts(live, autojump_clock):
    live.store = unjudged()
    assert await took(live, trio.lowlevel.checkpoint) == KNOWN_S
    live.found()
    assert await took(live, trio.lowlevel.checkpoint) == pytest.approx(KEY_S)


async def test_a_verdict_ends_it(live, autojump_clock):
    live.store = unjudged()
    live.found()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(until_known, live, trio.sleep_forever)
        await trio.testing.wait_all_tasks_blocked()
        for event in (captured(), sampled()):
            live.store.append(event)
    assert trio.current_time() == GATHER_S


async def test_a_run_that_ends_does_not_wait(live, autojump_clock):
    live.ending.set()
    assert await took(live) == 0.0
