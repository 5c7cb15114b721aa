"""When process trees are sampled: all the time for a dashboard that shows them, else when it matters.

`processes` needs psutil, and is imported when there is time for that: after the first frame.
"""

import trio

from oma.model.ids import PaneId
from oma.store.store import Store

SAMPLE_FIRST_S = 0.3
"""When processes are first sampled, unless a first verdict waits for that: what is shown first need
not wait for it."""

SAMPLE_AGAIN_S = 0.1
"""The least time between two passes; one costs tens of milliseconds with a hundred agents."""

SAMPLE_EVERY_S = 15.0
"""How often the children of agents are counted: a running tool is given minutes, not seconds."""


SAMPLE_RESTING_S = 30.0
"""The longest time between two passes while agents neither print nor use the processor."""


async def sample_often(store: Store, interval_s: float) -> None:
    """Log process trees every `interval_s`, and where a first verdict waits for it; for ever.

    While agents rest and nothing else happens the time between two passes doubles, up to
    `SAMPLE_RESTING_S`; what happens ends that at once.
    """
    from oma.runtime.monitor.processes import ProcessTable

    table = ProcessTable()
    resting_s = interval_s
    await _wait(store, SAMPLE_FIRST_S)
    while True:
        rests = await table.sample_into(store)
        seq = store.seq
        await _wait(store, interval_s, SAMPLE_AGAIN_S)
        if not rests or store.seq != seq:
            resting_s = interval_s
            continue
        resting_s = min(2 * resting_s, max(interval_s, SAMPLE_RESTING_S))
        with trio.move_on_after(resting_s - interval_s):
            await store.wait_newer(seq)
            resting_s = interval_s


async def sample_on_change(store: Store, interval_s: float) -> None:
    """Log process trees when another program runs in some pane, and else now and then; for ever.

    A pass costs tens of milliseconds with a hundred agents; while nothing happens there is none.
    """
    from oma.runtime.monitor.processes import ProcessTable

    table = ProcessTable()
    sampled_s, sampled_seq, sampled = 0.0, 0, dict[PaneId, tuple[int, str]]()
    await _wait(store, SAMPLE_FIRST_S)
    while True:
        await store.wait_newer(sampled_seq)  # no timer runs while nothing happens
        programs = store.programs
        due = store.unsampled or programs != sampled
        if due or store.t - sampled_s >= SAMPLE_EVERY_S:
            await table.sample_into(store)
            sampled_s, sampled = store.t, programs
        sampled_seq = store.seq
        await _wait(store, interval_s, SAMPLE_AGAIN_S)


async def _wait(store: Store, most_s: float, least_s: float = 0.0) -> None:
    """Wait until a first verdict waits for a sample; at least `least_s`, at most `most_s`."""
    await trio.sleep(least_s)
    with trio.move_on_after(most_s - least_s):
        await store.wait_unsampled()
