"""One look at the agents there are, judged by the rules in force.

Trio is imported where there is an event loop already: that takes longer than the look.
"""

import attrs

from oma.cli.cli_context import CliContext, profiles_in_force, thresholds
from oma.model.events import Record
from oma.reducers.fleet import Fleet
from oma.reducers.rules import Rules
from oma.runtime.client.tmux_process import PATIENCE_S
from oma.runtime.clock import LogClock, start_own_clock
from oma.runtime.monitor.single_look import take_single_look
from oma.store.store import Store


@attrs.frozen
class OneLook:
    """What there was."""

    store: Store
    rules: Rules
    clock: LogClock
    """Of the log."""
    records: tuple[Record, ...] = ()
    """All that was seen: a fold of them knows what the store knows."""

    @property
    def started_at(self) -> str:
        """Wall time of the log's beginning, ISO 8601."""
        return self.clock.started_at


def look_now(context: CliContext, patience_s: float = PATIENCE_S) -> OneLook:
    """Return what there is now. Blocks, and needs no event loop.

    Args:
        context: What is looked at.
        patience_s: How long tmux may take for an answer.

    Raises:
        OmaError: tmux is not there, is too old, or does not answer.
    """
    clock = start_own_clock()
    linger_s = context.config.discovery.linger
    rules = Rules(profiles_in_force(), thresholds(context.config), at_once=True, linger_s=linger_s)
    store = Store(Fleet(rules), clock.now_s)
    tail = store.tail()
    take_single_look(
        context.server, context.watched, context.finds, rules.profiles, store, patience_s
    )
    store.close()
    records = tuple(step.record for step in tail.take())
    return OneLook(store, rules, clock, records)


async def look_once(context: CliContext) -> OneLook:
    """As `look_now`, in a worker thread."""
    import trio

    return await trio.to_thread.run_sync(look_now, context, abandon_on_cancel=True)
