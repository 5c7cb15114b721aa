"""The live timer: sleeps until silence alone would change something, then lets time pass.

There is no tick. It wakes when a deadline is due, or when an earlier one than the armed appears.
"""

import math

import trio

from oma.runtime.clock import LogClock
from oma.store.store import Store


async def run_timer(store: Store, clock: LogClock) -> None:
    """Let time pass in `store` whenever a deadline is due; runs until cancelled."""
    while True:
        due_s = store.next_deadline_s
        wake = math.inf if due_s == math.inf else clock.loop_time_s(due_s)
        with trio.move_on_at(wake):
            await store.wait_deadline_sooner(due_s)
        store.pass_time()
