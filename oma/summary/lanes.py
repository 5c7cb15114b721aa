"""How each agent was through a day, coarse enough to be drawn: how it was longest in each short part of it."""

from datetime import datetime

import attrs

from oma.model.attention import ORDER
from oma.model.health import Health
from oma.summary.health_changes import Change, ChangeLog

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
    _length_s: float = attrs.field(init=False)
    _part_s: float = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._length_s = max(1.0, (self.ended - self.began).total_seconds())
        self._part_s = self._length_s / PARTS

    @property
    def names(self) -> tuple[str, ...]:
        """Of the agents, as they were first seen."""
        return tuple(self._parts)

    def add(self, log: ChangeLog) -> None:
        """Take what a log tells."""
        self._told.clear()
        latest: dict[str, Change] = {}
        lanes: dict[str, list[_Part]] = {}
        for change in log.changes:
            before = latest.get(change.id)
            if before is None:
                lanes[change.id] = [{} for _ in range(PARTS)]
            else:
                self._mark(lanes[change.id], before.at, change.at, before.health)
            latest[change.id] = change
        for agent, change in latest.items():
            self._mark(lanes[agent], change.at, log.ended, change.health)
            self._merge(change.agent, lanes[agent])

    def _merge(self, name: str, parts: list[_Part]) -> None:
        known = self._parts.setdefault(name, [{} for _ in range(PARTS)])
        for into, part in zip(known, parts, strict=True):
            for health, lasted in part.items():
                into[health] = into.get(health, 0.0) + lasted

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

    def _mark(self, parts: list[_Part], since: datetime, until: datetime, health: Health) -> None:
        """Count how long an agent was so in each part."""
        start_s = (since - self.began).total_seconds()
        end_s = (until - self.began).total_seconds()
        start, end = max(0.0, start_s) / self._part_s, min(self._length_s, end_s) / self._part_s
        for at in range(int(start), min(PARTS, int(end) + 1)):
            lasted = min(end, at + 1) - max(start, at)
            if lasted >= 0:
                part = parts[at]
                part[health] = part.get(health, 0.0) + lasted


def _longest(part: _Part) -> Health | None:
    return max(part, key=lambda health: (part[health], -_RANK[health]), default=None)
