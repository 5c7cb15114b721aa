"""What a user missed: who worked, waited, failed and finished since a moment."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

import attrs

from oma.model.health import Health
from oma.summary.health_changes import ChangeLog
from oma.summary.stretches import StateStretch, stretches_of

SILENT = "silent"
"""The reason of an agent that is IDLE because it prints nothing: that does not say that it finished."""


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


def digest(logs: Iterable[ChangeLog], since: datetime) -> Digest:
    """Return what happened from a moment to the end of the logs, which are in order of time."""
    known = list(logs)
    until = max((log.ended for log in known), default=since)
    told = (_of_agent(stretches, since) for stretches in stretches_of(known))
    agents = [agent for agent in told if agent is not None]
    agents.sort(key=lambda agent: (_rank(agent), -agent.waited, agent.agent))
    return Digest(since, until, tuple(agents))


def _of_agent(stretches: list[StateStretch], since: datetime) -> AgentDigest | None:
    cut = stretches
    if stretches[0].start < since:
        cut = [part for each in stretches if (part := each.within(since)) is not None]
    if not cut:
        return None
    last = cut[-1]
    of_health: dict[Health, list[StateStretch]] = {health: [] for health in Health}
    for each in cut:
        of_health[each.change.health].append(each)
    worked = sum((each.lasted for each in of_health[Health.OK]), timedelta())
    found = AgentDigest(
        agent=last.change.agent,
        kind=last.change.kind,
        project=last.change.project,
        now=last.health,
        worked=worked,
        waits=tuple(of_health[Health.WAITING]),
        failures=tuple(of_health[Health.STUCK]),
        finished=tuple(each.start for each in _rests(stretches) if each.start >= since),
        ended=last if last.health is Health.EXITED and last.change.at >= since else None,
    )
    did = found.worked or found.waits or found.failures or found.finished or found.ended
    return found if did else None


def _rests(stretches: list[StateStretch]) -> Iterable[StateStretch]:
    """Return the stretches in which an agent rests after it worked."""
    for before, after in pairwise(stretches):
        if after.change.health is not Health.IDLE or before.change.health is Health.IDLE:
            continue
        if after.change.reason != SILENT and before.end == after.start:
            yield after


def _rank(agent: AgentDigest) -> int:
    urgent = (Health.WAITING, Health.STUCK, Health.EXITED)
    return urgent.index(agent.now) if agent.now in urgent else len(urgent)
