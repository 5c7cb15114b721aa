"""How each agent was through a day, coarse enough to be drawn: how it was longest in each short part of it."""

from datetime import datetime

import attrs

from oma.model.attention import ORDER
from oma.model.health import Health
from oma.summary.changes import ChangeLog
from oma.summary.stretches import stretches_of

PARTS = 512
"""More than a terminal has columns for."""

_Part = dict[Health, float]
"""How long an agent was so, in parts; empty where nobody watched, or the agent was not there."""

Span = tuple[float, float, Health]
"""From when to when, in seconds, and how."""

_RANK = {health: rank for rank, health in enumerate(ORDER)}


@attrs.define
class Lanes:
    """The lanes of all agents, by their names; logs are added as they are read, and not kept.

    Args:
        began: Of the first part.
        ended: Of the last one; nothing is known of what comes after it.
    """

    began: datetime
    ended: datetime
    _parts: dict[str, list[_Part]] = attrs.Factory(dict)
    _told: dict[str, list[Span]] = attrs.Factory(dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Of the agents, as they were first seen."""
        return tuple(self._parts)

    def add(self, log: ChangeLog) -> None:
        """Take what a log tells."""
        self._told.clear()
        for stretches in stretches_of([log]):
            parts = self._parts.setdefault(
                stretches[-1].change.agent, [dict[Health, float]() for _ in range(PARTS)]
            )
            for each in stretches:
                start_s = (each.start - self.began).total_seconds()
                end_s = (each.end - self.began).total_seconds()
                self._mark(parts, start_s, end_s, each.change.health)

    def spans(self, name: str) -> list[Span]:
        """Return how an agent was: from when to when, in seconds since `began`; parts of one health are one."""
        if name not in self._told:
            self._told[name] = self._spans(name)
        return self._told[name]

    def _spans(self, name: str) -> list[Span]:
        length_s = self._part_s
        found: list[Span] = []
        for at, health in enumerate(map(_longest, self._parts.get(name, ()))):
            if health is None:
                continue
            start_s, end_s = at * length_s, (at + 1) * length_s
            if found and found[-1] == (found[-1][0], start_s, health):
                start_s = found.pop()[0]
            found.append((start_s, end_s, health))
        return found

    def _mark(self, parts: list[_Part], start_s: float, end_s: float, health: Health) -> None:
        """Count how long an agent was so in each part."""
        start, end = max(0.0, start_s) / self._part_s, min(self._length_s, end_s) / self._part_s
        for at in range(int(start), min(PARTS, int(end) + 1)):
            lasted = min(end, at + 1) - max(start, at)
            if lasted >= 0:
                part = parts[at]
                part[health] = part.get(health, 0.0) + lasted

    @property
    def _length_s(self) -> float:
        return max(1.0, (self.ended - self.began).total_seconds())

    @property
    def _part_s(self) -> float:
        return self._length_s / PARTS


def _longest(part: _Part) -> Health | None:
    return max(part, key=lambda health: (part[health], -_RANK[health]), default=None)
