"""Which of the agents that are listed is selected."""

from collections.abc import Sequence

from oma.model.attention import URGENT
from oma.model.ids import AgentId
from oma.model.state import AgentState


def index_of(agents: Sequence[AgentState], selected: AgentId | None, fallback: int) -> int:
    """Return where the selected agent is; `fallback`, in range, when it is there no more."""
    if 0 <= fallback < len(agents) and agents[fallback].id == selected:
        return fallback
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
