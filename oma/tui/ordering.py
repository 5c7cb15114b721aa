"""The order of the list, as a user wants it. Pure."""

import math
from collections.abc import Callable, Mapping
from enum import StrEnum

from oma.model.attention import URGENT, Attention, attention
from oma.model.ids import AgentId
from oma.model.state import AgentState, in_order
from oma.tui.columns import Column


class Order(StrEnum):
    """What comes first; the values are those of `[dashboard] sort`."""

    NEED = "need"  # who needs the user; of those who waits longest
    NAME = "name"
    WAITING = "waiting"  # who waits or is stuck for longest, whatever else it is
    CPU = "cpu"
    MEMORY = "memory"
    ACTIVITY = "activity"  # who did something last

    @property
    def following(self) -> "Order":
        """The next one, round the end."""
        orders = list(Order)
        return orders[(orders.index(self) + 1) % len(orders)]

    @property
    def column(self) -> Column:
        """The column whose order it is."""
        return _COLUMNS[self]


_COLUMNS = {
    Order.NEED: Column.NEED,
    Order.NAME: Column.NAME,
    Order.WAITING: Column.SINCE,
    Order.CPU: Column.CPU,
    Order.MEMORY: Column.MEMORY,
    Order.ACTIVITY: Column.IDLE,
}

_KEYS: Mapping[Order, Callable[[AgentState], str | float]] = {
    Order.NEED: lambda _: 0.0,
    Order.NAME: lambda agent: agent.name.casefold(),
    Order.WAITING: lambda agent: (
        agent.verdict.since_s if agent.verdict.health in URGENT and not agent.lost else math.inf
    ),
    Order.CPU: lambda agent: -(agent.cpu_percent or 0.0),
    Order.MEMORY: lambda agent: -(agent.rss_bytes or 0),
    Order.ACTIVITY: lambda agent: -agent.active_s,
}


Rank = tuple[bool, str | float, Attention, tuple[str, int, int]]
"""Whether it is put off; by what it is sorted; how much it needs a user; where it stands."""


def rank_of(order: Order, snoozed: frozenset[AgentId]) -> Callable[[AgentState], Rank]:
    """Return by what agents are sorted: those that are put off come last; of equals, those first that need a user."""
    key = _KEYS[order]
    return lambda agent: (agent.id in snoozed, key(agent), attention(agent), in_order(agent))
