"""A log as its agents' changes of health, with all that a summary tells of them.

with open_recording(path) as reader:
log = read_changes(reader.header.started_at, reader, Fleet(rules))
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

import attrs

from oma.model.events import Record
from oma.model.health import Health, Transition
from oma.model.state import AgentState
from oma.reducers.fleet import Fleet


@attrs.frozen
class Change:
    """An agent became otherwise; every text comes from the agent or its directory: hostile."""

    at: datetime
    """With its time zone."""
    id: str
    """Of the agent, in this log."""
    agent: str
    """The name that it had."""
    kind: str
    project: str
    """Its git repository or directory; empty where that is not known."""
    health: Health
    reason: str
    about: str
    """What it asks, where it asks something; else what the verdict rests on."""


@attrs.frozen
class ChangeLog:
    """What one watch saw, without interruption."""

    began: datetime
    ended: datetime
    changes: tuple[Change, ...]
    """In order; the first one of an agent tells how it was found."""


def read_changes(started_at: str, records: Iterable[Record], fleet: Fleet) -> ChangeLog:
    """Fold a log into its changes.

    Args:
        started_at: Wall time of the log's beginning, ISO 8601 with its offset.
        records: The whole log.
        fleet: One that took no record so far.
    """
    began = datetime.fromisoformat(started_at)
    changes: list[Change] = []
    t = 0.0
    for record in records:
        t = record.t
        transitions = [*fleet.advance(t), *fleet.fold(record)]
        if transitions:
            state = fleet.snapshot()
            changes += [
                change_of(told, state.agent(told.id), began + timedelta(seconds=told.t))
                for told in transitions
            ]
    return ChangeLog(began, began + timedelta(seconds=t), tuple(changes))


def change_of(transition: Transition, agent: AgentState | None, at: datetime) -> Change:
    """Return a transition as a change.

    Args:
        transition: Of the agent.
        agent: As it is after the transition; `None` where it is listed no more.
        at: When it was, with its time zone.
    """
    verdict = transition.verdict
    asks = None if agent is None or agent.verdict != verdict else agent.dialog
    return Change(
        at=at,
        id=str(transition.id),
        agent=transition.agent,
        kind="" if agent is None else agent.profile,
        project="" if agent is None else agent.project,
        health=verdict.health,
        reason=verdict.reason,
        about=verdict.evidence if asks is None else asks.asked,
    )
