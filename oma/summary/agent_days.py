"""Each agent on each day: time in each state, waits and how fast they were answered, failures."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from statistics import median

import attrs

from oma.model.health import Health
from oma.summary.stretches import StateStretch


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


def days_of_agents(
    agents: Iterable[Sequence[StateStretch]], zone: tzinfo | None
) -> list[AgentDay]:
    """Return every agent on every day on which it was there, in order of days, then of names.

    Args:
        agents: The stretches of each, in order.
        zone: In which a day begins at midnight.
    """
    found: list[AgentDay] = []
    for stretches in agents:
        days: dict[date, list[StateStretch]] = {}
        today, midnight = list[StateStretch](), None
        for stretch in stretches:
            if midnight is not None and stretch.start < midnight and stretch.end <= midnight:
                today.append(
                    stretch
                )  # as nearly all of them: a day may have a quarter of a million
                continue
            for part in days_of(stretch, zone):
                today = days.setdefault(part.start.date(), [])
                today.append(part)
                midnight = _midnight_after(part.start, zone)
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


def _day(day: date, parts: list[StateStretch]) -> AgentDay:
    of_health: dict[Health, list[StateStretch]] = {}
    for part in parts:
        of_health.setdefault(part.change.health, []).append(part)
    waits, failures = (of_health.get(each, []) for each in (Health.WAITING, Health.STUCK))
    last = parts[-1].change
    return AgentDay(
        day=day,
        agent=last.agent,
        kind=last.kind,
        project=last.project,
        seconds={health: _seconds(own) for health, own in of_health.items()},
        waits=sum(map(_begins, waits)),
        answers_s=tuple(
            (part.end - part.change.at).total_seconds()
            for part in waits
            if part.became not in (None, Health.EXITED)
        ),
        failures=dict(Counter(each.change.reason for each in failures if _begins(each))),
    )


def _seconds(parts: Iterable[StateStretch]) -> float:
    return sum((part.end - part.start).total_seconds() for part in parts)


def _begins(part: StateStretch) -> bool:
    """Say whether it is the first part of its stretch."""
    return part.start == part.change.at
