"""Which agents are shown, in which order, and which of them is selected."""

from collections.abc import Iterable, Sequence

from oma.model.attention import URGENT, by_attention
from oma.model.ids import AgentId
from oma.model.state import AgentState
from oma.tui.filtering import SavedFilters, read_filter
from oma.tui.ordering import Order, ordered


def listed(
    agents: Iterable[AgentState], filter_text: str, saved: SavedFilters = ()
) -> tuple[AgentState, ...]:
    """Return the agents that a filter fits, those that need a user first.

    Args:
        agents: All there are.
        filter_text: As `oma.tui.filtering` reads it; empty fits all.
        saved: The filters of the configuration.
    """
    return by_attention(fitting(agents, filter_text, saved))


def fitting(
    agents: Iterable[AgentState], filter_text: str, saved: SavedFilters = ()
) -> Iterable[AgentState]:
    """Return the agents that a filter fits, in their order; arguments as of `listed`."""
    return filter(read_filter(filter_text, saved).fits, agents) if filter_text.strip() else agents


def arranged(
    agents: Iterable[AgentState], order: Order, snoozed: frozenset[AgentId]
) -> tuple[AgentState, ...]:
    """Return the agents in an order; those that are put off come last."""
    found = ordered(agents, order)
    return tuple(sorted(found, key=lambda agent: agent.id in snoozed)) if snoozed else found


def index_of(agents: Sequence[AgentState], selected: AgentId | None, fallback: int) -> int:
    """Return where the selected agent is; `fallback`, in range, when it is there no more."""
    for index, agent in enumerate(agents):
        if agent.id == selected:
            return index
    return max(0, min(fallback, len(agents) - 1))


def next_urgent(
    agents: Sequence[AgentState], index: int, snoozed: frozenset[AgentId] = frozenset()
) -> int:
    """Return the place of the next agent that needs a user, round the end; `index` if none.

    Who is `snoozed` needs nobody now.
    """
    for step in range(1, len(agents) + 1):
        place = (index + step) % len(agents)
        if agents[place].verdict.health in URGENT and agents[place].id not in snoozed:
            return place
    return index
