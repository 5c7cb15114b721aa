"""The log of one watch, summed up so that a day of many changes is told of at once; and stretches across both.

What a log says of an agent begins and ends with stretches as they are: those before and after it join them. What
lies between is final, and a sum tells of it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

import attrs

from oma.model.health import Health
from oma.summary.health_changes import Change, ChangeLog
from oma.summary.stretches import StateStretch, joined, seen_stretches
from oma.summary.summed_stretches import PastStretch, SummedStretches, sum_up

MICROSECOND = timedelta(microseconds=1)

FEWEST = 4
"""Fewer stretches are not summed up."""


@attrs.frozen
class AgentPart:
    """What one log says of an agent."""

    agent: str
    head: tuple[StateStretch, ...]
    """As they were seen, up to one that is told apart from what came before it."""
    summed: SummedStretches | None = None
    """In place of the last one of `head`, and of what followed it."""
    last: StateStretch | None = None
    """What followed, where something is summed up; it may go on in the next log."""


@attrs.frozen
class LaneTimes:
    """When an agent became otherwise through one log, and how: what a time line needs."""

    agent: str
    times_us: tuple[int, ...]
    """Microseconds since the log began."""
    healths: tuple[Health, ...]
    """As many."""


@attrs.frozen
class LogSummary:
    """A log, summed up."""

    began: datetime
    ended: datetime
    parts: tuple[AgentPart, ...]
    """In the order in which the agents were first seen."""
    lanes: tuple[LaneTimes, ...] = ()
    """In the same order; two agents may have one name."""


PastLog = ChangeLog | LogSummary


def summarise(log: ChangeLog) -> LogSummary | None:
    """Return the summary of a log; `None` where its times are not within it, so that order would be lost."""
    zone = log.began.utcoffset()
    for change in log.changes:
        if not log.began <= change.at <= log.ended or change.at.utcoffset() != zone:
            return None
    parts = (_part(agent, own) for agent, own in seen_stretches([log]).items())
    return LogSummary(log.began, log.ended, tuple(parts), lane_times(log))


def lane_times(log: ChangeLog) -> tuple[LaneTimes, ...]:
    """Return when each agent of a log became otherwise."""
    agents: dict[str, list[Change]] = {}
    for change in log.changes:
        agents.setdefault(change.id, []).append(change)
    return tuple(
        LaneTimes(
            own[-1].agent,
            tuple((change.at - log.began) // MICROSECOND for change in own),
            tuple(change.health for change in own),
        )
        for own in agents.values()
    )


def follow_one_another(logs: Sequence[PastLog]) -> bool:
    """Say whether nothing of another log lies within the time of one that is summed up."""
    for log, following in pairwise(logs):
        summed = isinstance(log, LogSummary) or isinstance(following, LogSummary)
        if summed and _end(log) > _start(following):
            return False
    return True


def _start(log: PastLog) -> datetime:
    changes = log.changes if isinstance(log, ChangeLog) else ()
    return min([log.began, *(change.at for change in changes)])


def _end(log: PastLog) -> datetime:
    changes = log.changes if isinstance(log, ChangeLog) else ()
    return max([log.ended, *(change.at for change in changes)])


def past_of_agents(logs: Iterable[PastLog]) -> list[list[PastStretch]]:
    """Return what happened to each agent, in order; agents in the order in which they were first seen.

    An agent is known again in a later log by its name. See `follow_one_another`.
    """
    agents: dict[str, _Past] = {}
    unsummed: list[ChangeLog] = []
    for log in logs:
        if isinstance(log, ChangeLog):
            unsummed.append(log)
            continue
        _follow(agents, unsummed)
        unsummed.clear()
        for part in log.parts:
            agents.setdefault(part.agent, _Past()).follow(part)
    _follow(agents, unsummed)
    return [[*past.told, past.last] for past in agents.values() if past.last is not None]


@attrs.define
class _Past:
    told: list[PastStretch] = attrs.Factory(list)
    last: StateStretch | None = None

    def follow(self, part: AgentPart) -> None:
        """Take what happened next."""
        *told, self.last = joined(self.last, part.head)
        self.told += told
        if part.summed is not None:
            self.told.append(part.summed)
            self.last = part.last


def _follow(agents: dict[str, _Past], logs: Sequence[ChangeLog]) -> None:
    for agent, stretches in seen_stretches(logs).items():
        agents.setdefault(agent, _Past()).follow(AgentPart(agent, tuple(stretches)))


def _part(agent: str, stretches: Sequence[StateStretch]) -> AgentPart:
    before = stretches[0]
    for at, stretch in enumerate(stretches[1:], 1):
        before = joined(before, [stretch])[-1]
        if before is stretch:  # told apart from what came before, whatever that was
            *rest, last = joined(stretch, stretches[at + 1 :])
            if len(rest) < FEWEST:
                break
            return AgentPart(agent, tuple(stretches[: at + 1]), sum_up(rest), last)
    return AgentPart(agent, tuple(stretches))
