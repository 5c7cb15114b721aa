"""What sessions with agents do, as far as it matters to who has a client: how much they print, and since when they are as they are."""

import math
from collections.abc import Collection, Mapping

import attrs

from oma.model.health import Health
from oma.model.ids import AgentId, PaneId, SessionId
from oma.model.state import AgentState
from oma.sampling.answer_times import median
from oma.sampling.choose import ASSUMED_PER_S, Candidate
from oma.store.store import Store

LEAST_RATE = 0.2
"""Outputs a second; less is no work."""

LEAST_S = 1.0
"""Outputs are counted over so long at least."""

CAPTURES_TELL_S = 4.0
"""A sampled agent that printed nothing for so long is not at work: captures would have shown it."""

_NEED_CLIENT = frozenset({Health.WAITING, Health.STUCK})


@attrs.define
class SessionActivity:
    """Owner of what was measured of the sessions of one server.

    Args:
        store: Knows how agents are.
    """

    store: Store
    _heard: dict[SessionId, int] = attrs.Factory(dict)
    _heard_s: float = -math.inf
    """When that was."""
    _rates: dict[SessionId, float] = attrs.Factory(dict)
    """Outputs a second, while it had its client."""
    _states: dict[AgentId, tuple[Health, str, float]] = attrs.Factory(dict)
    """In which state each agent is, and since when."""

    def forget(self, session: SessionId) -> None:
        """Take that a session is gone."""
        self._heard.pop(session, None)
        self._rates.pop(session, None)

    def candidates(
        self,
        heard: Mapping[SessionId, int],
        sampled_s: Mapping[SessionId, float],
        looked_at: Collection[PaneId],
        now_s: float,
    ) -> list[Candidate]:
        """Return what is known of each session now.

        Args:
            heard: How many outputs so far, of each that has a client.
            sampled_s: Since when, of each that is sampled.
            looked_at: Panes that somebody looks at.
            now_s: In seconds, as `sampled_s`.
        """
        self._measure(heard, now_s)
        agents: dict[SessionId, list[AgentState]] = {}
        before, self._states = self._states, {}
        for agent in self.store.state.agents:
            agents.setdefault(agent.session, []).append(agent)
            state = agent.verdict.health, agent.verdict.reason
            known = before.get(agent.id, (*state, now_s))
            self._states[agent.id] = known if known[:2] == state else (*state, now_s)
        rates = [rate for rate in self._rates.values() if rate > 0]
        usual = median(rates) if rates else ASSUMED_PER_S
        return [
            self._candidate(
                session, agents.get(session, []), sampled_s.get(session), looked_at, usual, now_s
            )
            for session in sorted(heard.keys() | sampled_s.keys())
        ]

    def _measure(self, heard: Mapping[SessionId, int], now_s: float) -> None:
        passed_s, self._heard_s = max(LEAST_S, now_s - self._heard_s), now_s
        for session, count in heard.items():
            if session in self._heard:
                rate = (count - self._heard[session]) / passed_s
                rate = 0.6 * self._rates.get(session, rate) + 0.4 * rate
                self._rates[session] = rate if rate >= LEAST_RATE else 0.0
        self._heard = dict(heard)

    def _candidate(
        self,
        session: SessionId,
        agents: list[AgentState],
        sampled_s: float | None,
        looked_at: Collection[PaneId],
        usual_per_s: float,
        now_s: float,
    ) -> Candidate:
        since_s = max((self._states[each.id][2] for each in agents), default=now_s)
        active_s = max((each.active_s for each in agents), default=0.0)
        silent_s = max(0.0, self.store.clock() - active_s)
        outputs_per_s = self._rates.get(session, usual_per_s)
        return Candidate(
            session=session,
            outputs_per_s=outputs_per_s
            if sampled_s is None or silent_s <= CAPTURES_TELL_S
            else 0.0,
            # What it did before it was found is not known, but for how long it has been silent.
            steady_s=max(now_s - since_s, silent_s),
            silent_s=silent_s,
            sampled_s=None if sampled_s is None else now_s - sampled_s,
            needs_client=any(
                needs_client(each, looked_at, is_sampled=sampled_s is not None) for each in agents
            ),
        )


def needs_client(
    agent: AgentState, looked_at: Collection[PaneId], *, is_sampled: bool = False
) -> bool:
    """Say whether an agent has to have its client, whatever that costs."""
    verdict = agent.verdict
    return (
        (verdict.health in _NEED_CLIENT and verdict.reason != "silent")
        or (verdict.reason == "unseen" and not is_sampled)
        or verdict.rule.endswith("/report")  # which captures do not show
        or agent.pane in looked_at
    )
