"""Who waits for room and since when, who was dropped, and whose pane the user closed.

The memory between two plans; without I/O and without a clock. What is remembered of an agent ends
with the agent.
"""

import math
from collections.abc import Iterable

import attrs

from oma.model.ids import SessionId
from oma.placement.facts import Wanted
from oma.placement.plan import Action, Decision

CLOSED_BY_HAND = "the user closed its pane"
MOVED_BY_HAND = "the user moved its pane to another window"


@attrs.define
class Waiting:
    """The agents without a pane, and why."""

    _since_s: dict[SessionId, float] = attrs.Factory(dict)
    _refused: dict[SessionId, str] = attrs.Factory(dict)

    def wanted(self, agent: Wanted, now_s: float) -> Wanted:
        """Return the wish with what is remembered about the agent."""
        since_s = self._since_s.get(agent.session)
        return attrs.evolve(
            agent,
            waited_s=None if since_s is None else max(0.0, now_s - since_s),
            refused=agent.refused or self._refused.get(agent.session),
        )

    def refuse(self, session: SessionId, reason: str) -> None:
        """Give the agent no pane until `forgive`."""
        self._since_s.pop(session, None)
        self._refused[session] = reason

    def begin(self, session: SessionId, now_s: float) -> None:
        """Take that the agent waits from now on, if it did not."""
        self._since_s.setdefault(session, now_s)

    def note(self, decisions: Iterable[Decision], now_s: float) -> None:
        """Take what was decided.

        An agent that is to get a pane waits until it has it, in its turn among those that do.
        """
        for decision in decisions:
            session = decision.session
            if session is None:
                continue
            if decision.action in {Action.DEFER, Action.SPAWN}:
                self.begin(session, now_s)
            elif decision.action is Action.DROP:
                self.refuse(session, decision.reason)
            elif decision.action is Action.KEEP:
                self._since_s.pop(session, None)

    def next_expiry_s(self, policy_defer_s: float) -> float:
        """Return when the first of those that wait has waited too long; infinite when none does."""
        return min(self._since_s.values(), default=math.inf) + policy_defer_s

    def forgive(self) -> None:
        """Give everybody that was refused another chance."""
        self._refused.clear()

    def forget_but(self, living: Iterable[SessionId]) -> None:
        """Forget the agents that are gone."""
        kept = set(living)
        for memory in (self._since_s, self._refused):
            for session in memory.keys() - kept:
                del memory[session]
