"""A log as its agents' changes of health, with all that a summary tells of them.

with open_recording(path) as reader:
log = read_changes(reader.header.started_at, reader, Fleet(rules))
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

import attrs

from oma.model.events import Record
from oma.model.health import Health, Transition, Verdict
from oma.model.ids import AgentId
from oma.model.standing import AgentsStand
from oma.model.state import AgentState, FleetState


class Folding(Protocol):
    """What folds a log: a `Fleet`, whose import takes longer than a summary does."""

    def advance(self, t: float) -> Iterable[Transition]:
        """Let time pass."""

    def fold(self, record: Record) -> Iterable[Transition]:
        """Take a record."""

    def snapshot(self) -> FleetState:
        """Return how things stand."""


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


def read_changes(started_at: str, records: Iterable[Record], fleet: Folding) -> ChangeLog:
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
        if isinstance(record.event, AgentsStand):  # what was told of them is not told again
            news = {str(told.id) for told in transitions}
            stand = standing(fleet.snapshot(), began + timedelta(seconds=t))
            changes += [change for change in stand if change.id not in news]
        if transitions:
            state = fleet.snapshot()
            changes += [
                change_of(told, state.agent(told.id), began + timedelta(seconds=told.t))
                for told in transitions
            ]
    return ChangeLog(began, began + timedelta(seconds=t), tuple(changes))


def standing(state: FleetState, at: datetime) -> list[Change]:
    """Return how agents stand as changes that a log begins with.

    Args:
        state: The agents.
        at: When the log begins.
    """
    return [_change(agent.verdict, agent.id, agent.name, agent, at) for agent in state.agents]


def change_of(transition: Transition, agent: AgentState | None, at: datetime) -> Change:
    """Return a transition as a change.

    Args:
        transition: Of the agent.
        agent: As it is after the transition; `None` where it is listed no more.
        at: When it was, with its time zone.
    """
    return _change(transition.verdict, transition.id, transition.agent, agent, at)


def _change(
    verdict: Verdict, agent_id: AgentId | None, name: str, agent: AgentState | None, at: datetime
) -> Change:
    asks = None if agent is None or agent.verdict != verdict else agent.dialog
    return Change(
        at=at,
        id=str(agent_id),
        agent=name,
        kind="" if agent is None else agent.profile,
        project="" if agent is None else agent.project,
        health=verdict.health,
        reason=verdict.reason,
        about=verdict.evidence if asks is None else asks.asked,
    )
