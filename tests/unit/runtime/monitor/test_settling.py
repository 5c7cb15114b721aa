import pytest
import trio

from oma.model.events import PaneOutput, ServerConnected, SessionOpened
from oma.model.health import Health
from oma.runtime.monitor import settling
from oma.runtime.monitor.settling import LOOK_S, has_settled, settle, wait_settled
from oma.store.store import Store
from tests.support.fleet_play import PANE, SESSION, captured, empty, sampled, seen


class NoProcesses:
    """What `ProcessTable` is where every pane runs a shell."""

    async def read_ahead(self):
        pass

    async def sample_into(self, store):
        if store.programs:
            store.append(sampled())


@pytest.fixture
async def settled(monkeypatch, nursery):
    monkeypatch.setattr(settling, "ProcessTable", NoProcesses)

    def begin(store, awaited=None):
        async def run():
            await settle(store, "oma-a", awaited)
            done.append(trio.current_time())

        done = []
        nursery.start_soon(run)
        return done

    return begin


async def test_an_agent_is_waited_for_until_its_screen_was_seen(settled, autojump_clock):
    store = Store(empty().fleet, trio.current_time)
    done = settled(store)
    await trio.sleep(10)
    store.append(SessionOpened(SESSION, "oma-a"))
    store.append(seen(idle_s=0.0))
    await trio.sleep(5)
    assert done == []

    store.append(captured())
    await trio.sleep(10)

    assert done
    assert done[0] >= 15 + LOOK_S


@pytest.mark.parametrize(("awaited", "waits"), [(None, True), (Health.OK, False)])
async def test_a_change_that_comes_in_a_moment_is_waited_for_if_it_is_awaited(
    settled, awaited, waits, autojump_clock
):
    store = Store(empty(idle_warning_s=1.0, idle_critical_s=100.0).fleet, trio.current_time)
    store.append(SessionOpened(SESSION, "oma-a"))
    store.append(seen(idle_s=0.0))
    store.append(captured())
    store.append(sampled())
    store.append(PaneOutput(PANE, b"x"))
    done = settled(store, awaited)
    await trio.sleep(50)

    (at_s,) = done
    assert (at_s >= 1.0) is waits


async def test_until_a_watch_has_settled_it_is_waited_for_and_without_a_server_it_is_not(
    autojump_clock,
):
    store = Store(empty().fleet, trio.current_time)
    await wait_settled(store, 0.1)
    store.append(ServerConnected("3.3a"))
    store.append(SessionOpened(SESSION, "oma-a"))
    store.append(seen(idle_s=0.0))
    with trio.move_on_after(5) as patience:
        await wait_settled(store, 0.1)
    assert patience.cancelled_caught
    store.append(captured())
    store.append(sampled())
    await wait_settled(store, 0.1)


def test_a_watch_has_settled_when_every_agent_was_seen_and_no_alarm_is_near():
    t = 0.0
    store = Store(empty(idle_warning_s=30.0, idle_critical_s=100.0).fleet, lambda: t)
    assert not has_settled(store, 2.5)
    store.append(ServerConnected("3.3a"))
    assert has_settled(store, 2.5)
    store.append(SessionOpened(SESSION, "oma-a"))
    store.append(seen(idle_s=0.0))
    assert not has_settled(store, 2.5)
    store.append(captured(b"error: it broke"))
    store.append(sampled())
    found = []
    for _ in range(60):
        t += 0.1
        found.append((has_settled(store, 2.5), store.state.agents[0].verdict.health))
    assert found[0] == (False, Health.OK)
    assert found[-1] == (True, Health.STUCK)
    assert (True, Health.OK) not in found
