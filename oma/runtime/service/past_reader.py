"""What was told before a service started, from the files of changes beside its history."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from oma.model.health import Health, Transition, Verdict
from oma.model.ids import AgentId
from oma.runtime.service.history_directory import HistoryDirectory, changes_path

MOST_FILES = 3
"""Of the newest: hours of the past."""

_MOST_BYTES = 4 << 20


def read_past(directory: HistoryDirectory, now: datetime) -> list[Transition]:
    """Return the changes that are known, the oldest first; their times are before 0, which is `now`.

    Raises:
        OmaError: The directory cannot be read.
    """
    told: list[Transition] = []
    healths: dict[str, Health] = {}
    for segment in directory.told()[-MOST_FILES:]:
        for line in _lines(changes_path(directory.path / segment.name)):
            change = _change(line, now, healths)
            if change is not None:
                told.append(change)
    return told


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            yield from file.read(_MOST_BYTES).splitlines()
    except OSError:
        return  # that recording has none


def _change(line: bytes, now: datetime, healths: dict[str, Health]) -> Transition | None:
    """Return what a line tells, if it tells a change; `healths` is the last one of each agent."""
    try:
        fields = json.loads(line)
        at = datetime.fromisoformat(fields["at"])
        agent, name, health = str(fields["id"]), str(fields["agent"]), Health(fields["health"])
        t = round((at - now).total_seconds(), 6)
    except (ValueError, KeyError, TypeError):
        return None
    source, healths[agent] = healths.get(agent), health
    reason, about = str(fields.get("reason", "")), str(fields.get("about", ""))
    if source is None or (source, health) == (Health.OK, Health.OK):
        return None
    return Transition(t, 0, name, source, Verdict(health, reason, "", about, t), AgentId(agent))
