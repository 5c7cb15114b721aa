import pytest
import trio

from oma.model.events import PaneOutput, SessionOpened, TimePassed
from oma.model.health import Health
from oma.runtime.clock import start_clock
from oma.runtime.monitor.timers import run_timer
from oma.store.store import Store
from tests.support.fleet_play import PANE, SESSION, captured, empty, sampled, seen


@pytest.fixture
async def log(nursery):
    """A log with the timer of it, and an agent that has just printed."""

    def begin(**thresholds):
        clock = start_clock()
        store = Store(empty(**thresholds).fleet, clock.now_s)
        nursery.start_soon(run_timer, store, clock)
        for event in (SessionOpened(SESSION, "oma-a"), seen(idle_s=0.0), captured(), sampled()):
            store.append(event)
        store.append(PaneOutput(PANE, b"compiling\r\n"))
        return store

    return begin


def health(store):
    return store.state.agents[0].verdict.health


async def test_silence_changes_a_verdict_without_anything_happening(log, autojump_clock):
    store = log(idle_warning_s=60.0, idle_critical_s=120.0)
    await trio.sleep(59)
    assert health(store) is Health.OK
    await trio.sleep(2)
    assert health(store) is Health.IDLE
    await trio.sleep(60)
    assert health(store) is Health.STUCK


async def test_it_does_nothing_until_something_is_due(log, autojump_clock):
    store = log(idle_warning_s=60.0, idle_critical_s=120.0)
    await trio.sleep(30)
    seq = store.seq

    await trio.sleep(25)

    assert store.seq == seq


async def test_that_time_passed_is_logged_where_it_changed_a_verdict(log, autojump_clock):
    store = log(idle_warning_s=60.0, idle_critical_s=120.0)
    await trio.sleep(30)
    tail = store.tail()

    await trio.sleep(300)

    (first, *_) = await tail.receive()
    assert isinstance(first.record.event, TimePassed)
    assert first.record.t == pytest.approx(60.0, abs=0.1)


async def test_a_deadline_that_comes_nearer_wakes_it_earlier(log, autojump_clock):
    store = log(idle_warning_s=3600.0, idle_critical_s=7200.0, error_settle_s=5.0)
    await trio.sleep(10)
    store.append(PaneOutput(PANE, b"\x1b[2J\x1b[HAPI Error: 500 internal\r\n"))
    assert store.next_deadline_s < 3600.0
    due_s = store.next_deadline_s

    await trio.sleep(30)

    assert store.t >= due_s
