"""How the agents of another machine were until now, of the changes that it told. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from oma.model.health import Health
from oma.model.state import AgentState
from oma.tui.past_timeline import PastLane, PastTimeline

MOST_PAST = timedelta(days=1)
"""What was before is not drawn."""

Told = tuple[datetime, str, Health]
"""When which agent, by its name, became how."""


def host_past(
    runs: Sequence[Sequence[Told]],
    seen: Iterable[Told],
    agents: Iterable[AgentState],
    now: datetime,
) -> PastTimeline:
    """Return the time line of a machine's agents.

    Args:
        runs: What was told by each run of its publisher, in order of time. Of the time between two nothing is known.
        seen: What was told since somebody looked here; a part of the last run may be in it again.
        agents: Those that are there.
        now: In the time zone that is shown.
    """
    *before, latest = runs or ((),)
    parts = [(list(run), run[-1][0]) for run in before if run]
    parts.append((sorted([*latest, *seen], key=lambda told: told[0]), now))
    first = min((told[0][0] for told, _ in parts if told), default=now)
    began = max(first, now - MOST_PAST)
    lanes: dict[str, list[tuple[float, float, Health]]] = {each.name: [] for each in agents}
    for told, ended in parts:
        for name, since, until, health in _stretches(told, ended):
            start_s, end_s = ((each - began).total_seconds() for each in (since, until))
            if end_s > 0:
                lanes.setdefault(name, []).append((max(0.0, start_s), end_s, health))
    ids = {each.name: each.id for each in agents}
    length_s = max(1.0, (now - began).total_seconds())
    return PastTimeline(began, length_s, [PastLane(ids.get(n), n, s) for n, s in lanes.items()])


def _stretches(
    told: Iterable[Told], ended: datetime
) -> Iterator[tuple[str, datetime, datetime, Health]]:
    by_name: dict[str, list[tuple[datetime, Health]]] = {}
    for at, name, health in told:
        by_name.setdefault(name, []).append((at, health))
    for name, each in by_name.items():
        for (since, health), (until, _) in pairwise([*each, (ended, Health.OK)]):
            yield name, since, until, health
