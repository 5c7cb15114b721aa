"""Changes as stretches of time: how each agent was, from when to when, and what followed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from operator import attrgetter

import attrs

from oma.model.health import Health
from oma.summary.health_changes import Change, ChangeLog

SEAM = timedelta(seconds=5)
"""Logs with no more time between them follow one another: nothing else was there to be seen."""


@attrs.frozen
class StateStretch:
    """A time through which an agent was so, and nobody told otherwise."""

    start: datetime
    end: datetime
    """Not part of it; where nothing followed, the end of the log."""
    change: Change
    """What began it; its name, kind and project are the last ones known."""
    became: Health | None = None
    """What followed; `None` where the log ended first."""

    @property
    def health(self) -> Health:
        """How the agent was."""
        return self.change.health

    @property
    def lasted(self) -> timedelta:
        """How long."""
        return self.end - self.start

    def within(self, since: datetime) -> "StateStretch | None":
        """Return the part from a moment on; `None` for no part."""
        if self.end <= since:
            return None
        return self if self.start >= since else attrs.evolve(self, start=since)


def stretches_of(logs: Iterable[ChangeLog]) -> list[list[StateStretch]]:
    """Return the stretches of each agent, in order; agents in the order in which they were first seen.

    An agent is known again in a later log by its name. What goes on in a log that follows within `SEAM`
    is one stretch.
    """
    return [joined(None, own) for own in seen_stretches(logs).values()]


def seen_stretches(logs: Iterable[ChangeLog]) -> dict[str, list[StateStretch]]:
    """Return the stretches of each agent as they were seen, by name, in the order in which they start."""
    agents: dict[str, list[StateStretch]] = {}
    for log in logs:
        for stretches in _of_log(log):
            agents.setdefault(stretches[-1].change.agent, []).extend(stretches)
    return {agent: sorted(own, key=attrgetter("start")) for agent, own in agents.items()}


def _of_log(log: ChangeLog) -> list[list[StateStretch]]:
    changes: dict[str, list[Change]] = {}
    for change in log.changes:
        changes.setdefault(change.id, []).append(change)
    return [_of_agent(own, log.ended) for own in changes.values()]


def _of_agent(changes: list[Change], ended: datetime) -> list[StateStretch]:
    last = changes[-1]
    kind = next((each.kind for each in reversed(changes) if each.kind), "")
    project = next((each.project for each in reversed(changes) if each.project), "")
    found: list[StateStretch] = []
    latest = (last.agent, kind, project)
    for change, following in zip(changes, [*changes[1:], None], strict=True):
        known = change
        if (change.agent, change.kind, change.project) != latest:
            known = attrs.evolve(change, agent=last.agent, kind=kind, project=project)
        if following is None:
            found.append(StateStretch(change.at, max(ended, change.at), known))
        else:
            found.append(StateStretch(change.at, following.at, known, following.health))
    return found


def joined(first: StateStretch | None, stretches: Iterable[StateStretch]) -> list[StateStretch]:
    """Return one agent's stretches without overlaps; what only seems to change is one.

    Args:
        first: What they follow, where that is known: the beginning of the result is made of it.
        stretches: In the order in which they start.
    """
    joined = [] if first is None else [first]
    for stretch in stretches:
        before = joined.pop() if joined else None
        if before is not None and before.end < stretch.start <= before.end + SEAM:
            before = attrs.evolve(before, end=stretch.start)
        if before is None or before.end < stretch.start:
            joined += [stretch] if before is None else [before, stretch]
        elif _same(before, stretch):
            began = attrs.evolve(stretch.change, at=before.change.at)
            joined.append(attrs.evolve(stretch, start=before.start, change=began))
        elif before.start < before.end == stretch.start and before.became is stretch.health:
            joined += [before, stretch]
        else:  # one that ended is listed for a while, and another may have its name by then
            cut = attrs.evolve(before, end=stretch.start, became=stretch.health)
            joined += [cut, stretch] if cut.start < cut.end else [stretch]
    return joined


def _same(before: StateStretch, after: StateStretch) -> bool:
    return (before.health, before.change.reason) == (after.health, after.change.reason)
