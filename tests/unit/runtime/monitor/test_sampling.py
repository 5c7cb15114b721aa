"""When process trees are sampled; the table of processes only notes when."""

from itertools import pairwise

import pytest
import trio

from oma.model.events import PaneOutput, SessionOpened
from oma.runtime.monitor import processes
from oma.runtime.monitor.sampling import (
    SAMPLE_AGAIN_S,
    SAMPLE_EVERY_S,
    SAMPLE_FIRST_S,
    SAMPLE_RESTING_S,
    sample_often,
    sample_on_change,
)
from oma.store.store import Store
from tests.support.fleet_play import PANE, SESSION, captured, empty, sampled, seen


@pytest.fixture
def taken(monkeypatch):
    """The moments of the samples."""
    taken = []

    class Table:
        async def sample_into(self, store):
            await trio.lowlevel.checkpoint()
            taken.append(trio.current_time() - store.began_s)
            store.append(sampled())
            return store.rests

    monkeypatch.setattr(processes, "ProcessTable", Table)
    return taken


class Log(Store):
    began_s = 0.0
    rests = False


def a_store():
    began_s = trio.current_time()
    store = Log(empty().fleet, lambda: trio.current_time() - began_s)
    store.began_s = began_s
    return store


def arrive(store):
    for event in (SessionOpened(SESSION, "oma-agent-a"), seen(idle_s=0.0), captured(b"hi")):
        store.append(event)


async def during(seconds, sample, store):
    with trio.move_on_after(seconds):
        await sample(store, 2.0)


async def test_a_dashboard_has_a_sample_every_so_often(taken, autojump_clock):
    await during(5.0, sample_often, a_store())

    assert taken == pytest.approx([SAMPLE_FIRST_S, SAMPLE_FIRST_S + 2, SAMPLE_FIRST_S + 4])


async def test_while_agents_rest_a_dashboard_has_samples_more_and_more_seldom(
    taken, autojump_clock
):
    store = a_store()
    store.rests = True

    await during(100.0, sample_often, store)
    between = [round(after - before, 6) for before, after in pairwise(taken)]
    assert between == [4.0, 8.0, 16.0, SAMPLE_RESTING_S, SAMPLE_RESTING_S]


async def test_what_happens_while_agents_rest_ends_that_at_once(taken, autojump_clock):
    store = a_store()
    store.rests = True
    async with trio.open_nursery() as nursery:
        nursery.start_soon(sample_often, store, 2.0)
        await trio.sleep(50)
        before = len(taken)
        arrive(store)
        await trio.sleep(0.01)
        assert len(taken) == before + 1
        store.rests = False
        await trio.sleep(20)
        assert taken[-1] - taken[-2] == pytest.approx(2.0)
        nursery.cancel_scope.cancel()


async def test_while_nothing_happens_no_sample_is_taken(taken, autojump_clock):
    store = a_store()
    await during(1.0, sample_on_change, store)
    assert taken == []

    arrive(store)
    await during(100.0, sample_on_change, store)
    assert len(taken) <= 2


async def test_another_program_is_sampled_and_output_only_now_and_then(taken, autojump_clock):
    store = a_store()
    arrive(store)
    store.append(sampled())
    async with trio.open_nursery() as nursery:
        nursery.start_soon(sample_on_change, store, 2.0)
        await trio.sleep(5)
        before = len(taken)
        store.append(PaneOutput(PANE, b"x"))
        await trio.sleep(5)
        assert len(taken) == before
        store.append(seen(command="claude", pid=200))
        await trio.sleep(5)
        assert len(taken) == before + 1
        await trio.sleep(SAMPLE_EVERY_S)
        store.append(PaneOutput(PANE, b"y"))
        await trio.sleep(5)
        assert len(taken) == before + 2
        nursery.cancel_scope.cancel()


@pytest.mark.parametrize("sample", [sample_often, sample_on_change])
async def test_a_first_verdict_that_waits_for_a_sample_has_it_at_once(
    taken, autojump_clock, sample
):
    store = a_store()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(sample, store, 50.0)
        await trio.sleep(1)
        before = len(taken)
        store.append(SessionOpened(SESSION, "oma-agent-a"))
        store.append(seen(idle_s=400.0))
        store.append(captured(b"hi"))
        await trio.sleep(2 * SAMPLE_AGAIN_S)
        assert len(taken) > before
        nursery.cancel_scope.cancel()
