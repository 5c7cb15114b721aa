"""What is counted of a log as it goes on; where the counts go is the meter's.

observer = Observer(meter)
observer.take(transition, told_s=clock.now_s())
"""

from collections.abc import Iterable
from typing import Protocol

import attrs

from oma.model.health import Health, Transition
from oma.model.ids import AgentId
from oma.model.state import AgentState

WAIT_S = (1, 5, 15, 60, 300, 900, 3600, 14_400)
"""Bounds by which lengths of waits are counted, in seconds."""

TOLD_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5)
"""Bounds by which it is counted how late changes were told, in seconds."""


class Meter(Protocol):
    """Keeps the counts."""

    def changed(self, source: str, health: str, reason: str) -> None:
        """Count a change of health; `source` is `new` for the first verdict on an agent."""

    def waited(self, length_s: float) -> None:
        """Count a wait that ended, by its length in seconds."""

    def told(self, late_s: float) -> None:
        """Count a change by how long after the moment at which it was due it was told, in seconds."""


@attrs.define
class Observer:
    """Counts transitions.

    Args:
        meter: Keeps the counts.
    """

    meter: Meter
    _waiting_since_s: dict[AgentId | None, float] = attrs.Factory(dict)

    def take(self, transition: Transition, told_s: float) -> None:
        """Count a transition that was told at `told_s`, in seconds of the log."""
        health = transition.verdict.health
        self.meter.changed(transition.source or "new", health, transition.verdict.reason)
        self.meter.told(max(0.0, told_s - transition.t))
        if health is Health.WAITING:
            self._waiting_since_s.setdefault(transition.id, transition.t)
        elif (since_s := self._waiting_since_s.pop(transition.id, None)) is not None:
            self.meter.waited(transition.t - since_s)


@attrs.frozen
class AgentSample:
    """How an agent is at a moment; names come from agents: hostile."""

    agent: str
    profile: str
    project: str
    state: Health
    since_s: float
    """For how long it has been in this state, in seconds."""


def agent_samples(agents: Iterable[AgentState], t: float) -> list[AgentSample]:
    """Return how the agents that live are at `t`, in seconds of the log."""
    return [
        AgentSample(
            agent.name,
            agent.profile,
            agent.project,
            agent.verdict.health,
            max(0.0, t - agent.verdict.since_s),
        )
        for agent in agents
        if not agent.gone
    ]
