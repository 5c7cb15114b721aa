"""Agents of a host that ended while nobody here saw it: told and shown once it is known that they are gone."""

from collections.abc import Iterable, Sequence

import attrs

from oma.model.health import Health, Transition
from oma.model.hosts import ended_unseen, not_there
from oma.model.ids import AgentId
from oma.model.state import AgentState

LISTED_S = 60.0
"""How long such an agent is shown."""


@attrs.define
class UnseenEndings:
    """Those of one host."""

    _unconfirmed: dict[AgentId, AgentState] = attrs.Factory(dict)
    """Who lived when the host was lost, until it is known who is still there."""
    _shown: tuple[AgentState, ...] = ()

    @property
    def are_open(self) -> bool:
        """Say whether it is not known yet who is still there."""
        return bool(self._unconfirmed)

    def lose_sight(self, agents: Iterable[AgentState]) -> None:
        """Take the agents that there were when the host was lost."""
        for agent in agents:
            if not agent.gone and agent.verdict.health is not Health.EXITED:
                self._unconfirmed[agent.id] = agent

    def settle(self, agents: Sequence[AgentState], t: float, seq: int) -> list[Transition]:
        """Take the agents that there are; return what is to be told of those that are not there any more.

        Args:
            agents: All of them.
            t: Now.
            seq: The newest record.
        """
        missing = not_there(self._unconfirmed.values(), agents)
        self._unconfirmed.clear()
        ended = [ended_unseen(agent, t) for agent in missing]
        self._shown += tuple(ended)
        return [
            Transition(
                t, seq, agent.name, before.verdict.health, agent.verdict, agent.id, agent.place
            )
            for before, agent in zip(missing, ended, strict=True)
        ]

    def shown(self, now_s: float) -> tuple[AgentState, ...]:
        """Return those that are shown at a moment; the same tuple as long as they are the same."""
        if self._shown and any(agent.verdict.since_s <= now_s - LISTED_S for agent in self._shown):
            self._shown = tuple(
                agent for agent in self._shown if agent.verdict.since_s > now_s - LISTED_S
            )
        return self._shown
