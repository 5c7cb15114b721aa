"""Who waits for room and since when, who was dropped, and whose pane the user closed.

The memory between two plans; without I/O and without a clock. What is remembered of an agent ends
with the agent.
"""

import math
from collections.abc import Iterable

import attrs

from oma.model.ids import AgentId
from oma.placement.facts import Wanted
from oma.placement.plan import Action, Decision

CLOSED_BY_HAND = "the user closed its pane"
MOVED_BY_HAND = "the user moved its pane to another window"


@attrs.define
class Waiting:
    """The agents without a pane, and why."""

    _since_s: dict[AgentId, float] = attrs.Factory(dict)
    _refused: dict[AgentId, str] = attrs.Factory(dict)

    def wanted(self, agent: Wanted, now_s: float) -> Wanted:
        """Return the wish with what is remembered about the agent."""
        since_s = self._since_s.get(agent.id)
        return attrs.evolve(
            agent,
            waited_s=None if since_s is None else max(0.0, now_s - since_s),
            refused=agent.refused or self._refused.get(agent.id),
        )

    def refuse(self, agent: AgentId, reason: str) -> None:
        """Give the agent no pane until `forgive`."""
        self._since_s.pop(agent, None)
        self._refused[agent] = reason

    def begin(self, agent: AgentId, now_s: float) -> None:
        """Take that the agent waits from now on, if it did not."""
        self._since_s.setdefault(agent, now_s)

    def note(self, decisions: Iterable[Decision], now_s: float) -> None:
        """Take what was decided.

        An agent that is to get a pane waits until it has it, in its turn among those that do: room,
        or the place of one that has ended. What takes the place of one that lives stays new.
        """
        decided = tuple(decisions)
        ended = {each.pane for each in decided if each.action is Action.CLOSE}
        for decision in decided:
            agent = decision.agent
            if agent is None:
                continue
            takes_ended = decision.action is Action.REPLACE and decision.pane in ended
            if takes_ended or decision.action in {Action.DEFER, Action.SPAWN}:
                self.begin(agent, now_s)
            elif decision.action is Action.DROP:
                self.refuse(agent, decision.reason)
            elif decision.action is Action.KEEP:
                self._since_s.pop(agent, None)

    def next_expiry_s(self, policy_defer_s: float) -> float:
        """Return when the first of those that wait has waited too long; infinite when none does."""
        return min(self._since_s.values(), default=math.inf) + policy_defer_s

    def forgive(self) -> None:
        """Give everybody that was refused another chance."""
        self._refused.clear()

    def forget_but(self, living: Iterable[AgentId]) -> None:
        """Forget the agents that are gone."""
        kept = set(living)
        for memory in (self._since_s, self._refused):
            for agent in memory.keys() - kept:
                del memory[agent]
