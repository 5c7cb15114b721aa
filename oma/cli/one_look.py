"""One look at the agents there are, judged by the rules in force."""

import attrs

from oma.cli.cli_context import CliContext, profiles_in_force, thresholds
from oma.model.events import Record
from oma.reducers.fleet import Fleet
from oma.reducers.rules import Rules
from oma.runtime.clock import start_clock
from oma.runtime.monitor.single_look import take_single_look
from oma.store.store import Store


@attrs.frozen
class OneLook:
    """What there was."""

    store: Store
    rules: Rules
    started_at: str
    """Wall time of the log's beginning, ISO 8601."""
    records: tuple[Record, ...] = ()
    """All that was seen: a fold of them knows what the store knows."""


async def look_once(context: CliContext) -> OneLook:
    """Return what there is now.

    Raises:
        OmaError: tmux is not there, is too old, or does not answer.
    """
    clock = start_clock()
    linger_s = context.config.discovery.linger
    rules = Rules(profiles_in_force(), thresholds(context.config), at_once=True, linger_s=linger_s)
    store = Store(Fleet(rules), clock.now_s)
    tail = store.tail()
    await take_single_look(
        context.server, context.socket, context.watched, context.finds, rules.profiles, store
    )
    store.close()
    records = tuple(step.record for step in await tail.receive())
    return OneLook(store, rules, clock.started_at, records)
