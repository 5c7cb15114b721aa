"""Waits until what is believed of an agent would not be another thing in a moment."""

import trio

from oma.model.attention import URGENT
from oma.model.health import Health
from oma.runtime.monitor.processes import ProcessTable
from oma.runtime.monitor.status_files import StatusFileReader
from oma.store.store import Store

SETTLE_S = 1.5
"""A change that time alone brings so soon is waited for: the longest hold time of the profiles."""

LOOK_S = 0.05
"""A screen that was captured has been looked at by then (`LOOK_EVERY_S` of a pane)."""


async def settle(store: Store, agent: str, awaited: Health | None = None) -> None:
    """Wait until the agent of this name was seen, and its verdict has settled.

    Args:
        store: What is known.
        agent: Its name.
        awaited: Only this health is worth waiting for; `None` for any.
    """
    processes = ProcessTable()
    await processes.read_ahead()  # while tmux is at work
    while not store.state.agents:
        await store.wait_newer(store.seq)
    await processes.sample_into(store)  # the first verdict may wait for that
    await StatusFileReader().read_into(store)
    while not _is_visible(store, agent):
        await store.wait_newer(store.seq)
    await trio.sleep(LOOK_S)
    while True:
        store.pass_time()
        told = store.explain(agent)
        outlook = None if told is None else told.outlook
        if outlook is None or outlook.t - store.t > SETTLE_S:
            return
        if awaited not in {None, outlook.health}:
            return
        await trio.sleep(outlook.t - store.t)


def has_settled(store: Store, within_s: float) -> bool:
    """Say whether every agent was seen, and none would need a user within a time by what it shows already.

    What is known of no server has not settled: it may be there and not have answered yet.
    """
    store.pass_time()
    return store.state.has_server and all(
        _is_visible(store, agent.id) and not _alarms_within(store, agent.id, within_s)
        for agent in store.state.agents
        if not agent.gone
    )


async def wait_settled(store: Store, within_s: float) -> None:
    """Wait until it `has_settled`; of no server nothing is waited for."""
    while store.state.has_server and not has_settled(store, within_s):  # noqa: ASYNC110
        await trio.sleep(LOOK_S)


def _alarms_within(store: Store, agent: str, within_s: float) -> bool:
    told = store.explain(agent)
    outlook = None if told is None else told.outlook
    return outlook is not None and outlook.health in URGENT and outlook.t - store.t <= within_s


def _is_visible(store: Store, agent: str) -> bool:
    told = store.explain(agent)
    if told is None or told.verdict.reason == "unseen":
        return False
    # Of an agent that would end with our client, and of some that ended, nothing is ever seen.
    never_seen = told.verdict.reason == "unwatched" or told.verdict.health is Health.EXITED
    return told.sees_screen or never_seen
