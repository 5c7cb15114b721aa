"""What a user missed: who worked, waited, failed and finished since a moment."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import attrs

from oma.model.health import Health
from oma.summary.log_summary import PastLog, past_of_agents
from oma.summary.stretches import StateStretch
from oma.summary.summed_stretches import (
    PastStretch,
    SummedStretches,
    lasted_in,
    rests,
    troubles_in,
)


@attrs.frozen
class AgentDigest:
    """One agent since a moment."""

    agent: str
    kind: str
    project: str
    now: Health
    worked: timedelta
    waits: tuple[StateStretch, ...]
    """Times for which it asked the user something, oldest first."""
    failures: tuple[StateStretch, ...]
    """Times for which it was stuck, oldest first."""
    finished: tuple[datetime, ...]
    """When it came to rest at its prompt after work."""
    ended: StateStretch | None
    """Since when its process is gone, where it is."""

    @property
    def waited(self) -> timedelta:
        """How long it asked, in all."""
        return sum((wait.lasted for wait in self.waits), timedelta())


@attrs.frozen
class Digest:
    """All agents since a moment."""

    since: datetime
    until: datetime
    agents: tuple[AgentDigest, ...]
    """Only those that did something; who waits or fails now first, then who asked longest."""


def digest(logs: Iterable[PastLog], since: datetime) -> Digest:
    """Return what happened from a moment to the end of the logs, which are in order of time.

    One that is summed up is wholly before that moment or after it.
    """
    known = list(logs)
    until = max((log.ended for log in known), default=since)
    told = (_of_agent(past, since) for past in past_of_agents(known))
    agents = [agent for agent in told if agent is not None]
    agents.sort(key=lambda agent: (_rank(agent), -agent.waited, agent.agent))
    return Digest(since, until, tuple(agents))


def _of_agent(past: Sequence[PastStretch], since: datetime) -> AgentDigest | None:
    cut = past
    if past[0].start < since:
        cut = [part for each in past if (part := each.within(since)) is not None]
    if not cut:
        return None
    last = cut[-1]
    if isinstance(last, SummedStretches):
        last = last.last
    found = AgentDigest(
        agent=last.change.agent,
        kind=last.change.kind,
        project=last.change.project,
        now=last.health,
        worked=lasted_in(cut).get(Health.OK, timedelta()),
        waits=tuple(troubles_in(cut, Health.WAITING)),
        failures=tuple(troubles_in(cut, Health.STUCK)),
        finished=tuple(moment for moment in rests(past) if moment >= since),
        ended=last if last.health is Health.EXITED and last.change.at >= since else None,
    )
    did = found.worked or found.waits or found.failures or found.finished or found.ended
    return found if did else None


def _rank(agent: AgentDigest) -> int:
    urgent = (Health.WAITING, Health.STUCK, Health.EXITED)
    return urgent.index(agent.now) if agent.now in urgent else len(urgent)
