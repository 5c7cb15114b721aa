"""How each agent was through a day, coarse enough to be drawn: how it was longest in each short part of it."""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

import attrs

from oma.model.attention import ORDER
from oma.model.health import Health
from oma.summary.log_summary import MICROSECOND, LogSummary, PastLog, lane_times

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

    def add(self, log: PastLog) -> None:
        """Take what a log tells."""
        self._told.clear()
        began_us = (log.began - self.began) // MICROSECOND
        ended_us = (log.ended - self.began) // MICROSECOND
        for lane in log.lanes if isinstance(log, LogSummary) else lane_times(log):
            if lane.agent not in self._parts:
                self._parts[lane.agent] = [{} for _ in range(PARTS)]
            times = [began_us + time for time in lane.times_us]
            self._mark(self._parts[lane.agent], [*times, ended_us], lane.healths)

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

    def _mark(
        self, parts: Sequence[_Part], times_us: Sequence[int], healths: Sequence[Health]
    ) -> None:
        """Count how long an agent was so in each part.

        Args:
            parts: Of the agent.
            times_us: When it became so, in microseconds since `began`; and the end.
            healths: How, but for the end.
        """
        # Each end is the next start, and most lie in one part: a day may have a quarter of a million.
        part_us = 1e6 * self._part_s
        start = max(0.0, times_us[0] / part_us)
        for health, time_us in zip(healths, islice(times_us, 1, None), strict=True):
            end = min(time_us / part_us, float(PARTS))
            if end < 0:
                continue
            first, last = int(start), min(int(end), PARTS - 1)
            if first == last:
                parts[first][health] = parts[first].get(health, 0.0) + (end - start)
            else:
                for at in range(first, last + 1):
                    lasted = min(end, at + 1) - max(start, at)
                    parts[at][health] = parts[at].get(health, 0.0) + lasted
            start = end


def _longest(part: _Part) -> Health | None:
    return max(part, key=lambda health: (part[health], -_RANK[health]), default=None)
