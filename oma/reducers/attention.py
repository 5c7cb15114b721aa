"""Who needs a person, in which order: an opinion on agents, computed from their verdicts."""

from collections.abc import Iterable

from oma.model.health import Health
from oma.model.state import AgentState

ORDER = (Health.WAITING, Health.STUCK, Health.EXITED, Health.IDLE, Health.OK)
"""From those that a person holds up to those that do without one."""

URGENT = frozenset({Health.WAITING, Health.STUCK})
"""Nothing goes on until somebody comes."""

_RANK = {health: rank for rank, health in enumerate(ORDER)}


def by_attention(agents: Iterable[AgentState]) -> tuple[AgentState, ...]:
    """Return the agents, those that need a person first; equals keep their order."""
    return tuple(sorted(agents, key=lambda agent: _RANK[agent.verdict.health]))
