"""Who needs the user, in which order, and which changes they are told of."""

from collections.abc import Iterable

from oma.model.health import ATTENTION, Health, Verdict
from oma.model.state import AgentState

ORDER = (Health.WAITING, Health.STUCK, Health.EXITED, Health.IDLE, Health.OK)
"""From those that a user holds up to those that do without one."""

URGENT = frozenset({Health.WAITING, Health.STUCK})
"""Nothing goes on until somebody comes."""

_QUIET_REASONS = frozenset({Health.OK, Health.IDLE})
"""Within these a change of reason alone is nothing that the user wants to be told."""

Attention = tuple[bool, int, bool, float]

_RANK = {health: rank for rank, health in enumerate(ORDER)}


def by_attention(agents: Iterable[AgentState]) -> tuple[AgentState, ...]:
    """Return the agents, those that need the user first, and of them who waits longest first.

    Those of which nothing is known now come last; equals keep their order.
    """
    return tuple(sorted(agents, key=attention))


def attention(agent: AgentState) -> Attention:
    """Return how much an agent needs the user, the smallest first; the second is its place in `ORDER`."""
    verdict = agent.verdict
    waits_since_s = verdict.since_s if verdict.health in URGENT else 0.0
    return agent.lost, _RANK[verdict.health], verdict.reason != ATTENTION, waits_since_s


def is_worth_telling(old: Verdict | None, new: Verdict) -> bool:
    """Say whether a new verdict, after the old one, is a transition; the first one is."""
    if old is None or old.health is not new.health:
        return True
    is_loud = new.health not in _QUIET_REASONS or new.reason == ATTENTION
    return is_loud and old.reason != new.reason
