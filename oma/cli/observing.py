"""What metrics count, as it happens."""

from oma.cli.live import RunContext
from oma.metrics.observer import Meter, Observer


async def observe(live: RunContext, meter: Meter) -> None:
    """Count every transition of a run from now on, until its log ends."""
    observer = Observer(meter)
    tail = live.store.tail()
    tail.only_transitions = True
    while steps := await tail.receive():
        for step in steps:
            for transition in step.transitions:
                observer.take(transition, live.clock.now_s())
