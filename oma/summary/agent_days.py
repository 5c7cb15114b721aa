"""Each agent on each day: time in each state, waits and how fast they were answered, failures."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from statistics import median

import attrs

from oma.model.health import Health
from oma.summary.stretches import StateStretch
from oma.summary.summed_stretches import PastStretch, SummedStretches, lasted_in, troubles_in


@attrs.frozen
class AgentDay:
    """One agent on one day."""

    day: date
    agent: str
    kind: str
    project: str
    seconds: Mapping[Health, float]
    """In each state that it was in."""
    waits: int
    """That began on this day."""
    answers_s: tuple[float, ...]
    """How long each of them stood that ended by going on, in seconds."""
    failures: Mapping[str, int]
    """Reason → how often it was stuck for it, by the day on which that began."""

    @property
    def median_answer_s(self) -> float | None:
        """Half of the answers came within this; `None` where there was none."""
        return median(self.answers_s) if self.answers_s else None


def days_of_agents(agents: Iterable[Sequence[PastStretch]], zone: tzinfo | None) -> list[AgentDay]:
    """Return every agent on every day on which it was there, in order of days, then of names.

    Args:
        agents: The stretches of each, in order; what is summed up lies within a day.
        zone: In which a day begins at midnight.
    """
    found: list[AgentDay] = []
    for stretches in agents:
        days: dict[date, list[PastStretch]] = {}
        today, midnight = list[PastStretch](), None
        for stretch in stretches:
            if midnight is not None and stretch.start < midnight and stretch.end <= midnight:
                today.append(
                    stretch
                )  # as nearly all of them: a day may have a quarter of a million
                continue
            parts = [stretch] if isinstance(stretch, SummedStretches) else days_of(stretch, zone)
            for part in parts:
                start = part.start.astimezone(zone)
                today = days.setdefault(start.date(), [])
                today.append(part)
                midnight = _midnight_after(start, zone)
        found += [_day(day, parts) for day, parts in days.items()]
    return sorted(found, key=lambda each: (each.day, each.agent))


def days_of(stretch: StateStretch, zone: tzinfo | None) -> Iterable[StateStretch]:
    """Cut a stretch at midnights; only the last part tells what followed."""
    start, end = stretch.start.astimezone(zone), stretch.end.astimezone(zone)
    while (midnight := _midnight_after(start, zone)) < end:
        yield attrs.evolve(stretch, start=start, end=midnight, became=None)
        start = midnight
    yield attrs.evolve(stretch, start=start, end=end)


def _midnight_after(moment: datetime, zone: tzinfo | None) -> datetime:
    midnight = datetime.combine(moment.date() + timedelta(days=1), time(), zone)
    return midnight.astimezone() if zone is None else midnight


def _day(day: date, parts: Sequence[PastStretch]) -> AgentDay:
    waits = list(troubles_in(parts, Health.WAITING))
    failures = troubles_in(parts, Health.STUCK)
    latest = parts[-1]
    last = (latest.last if isinstance(latest, SummedStretches) else latest).change
    return AgentDay(
        day=day,
        agent=last.agent,
        kind=last.kind,
        project=last.project,
        seconds={each: lasted.total_seconds() for each, lasted in lasted_in(parts).items()},
        waits=sum(map(_begins, waits)),
        answers_s=tuple(
            (part.end - part.change.at).total_seconds()
            for part in waits
            if part.became not in (None, Health.EXITED)
        ),
        failures=dict(Counter(each.change.reason for each in failures if _begins(each))),
    )


def _begins(part: StateStretch) -> bool:
    """Say whether it is the first part of its stretch."""
    return part.start == part.change.at
