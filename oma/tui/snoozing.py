"""Agents that a user has put off: they stand last and call nobody until they change, or for a while. Pure."""

from collections.abc import Iterable

import attrs

from oma.model.ids import AgentId
from oma.model.state import AgentState

SNOOZE_S = 1800.0
"""How long an agent is put off for a while."""


@attrs.frozen
class Snooze:
    """How long an agent is put off."""

    until_s: float | None = None
    """In seconds of the log; `None` until it changes."""
    was: tuple[object, ...] = ()
    """How it was when it was put off."""


Snoozes = tuple[tuple[AgentId, Snooze], ...]
"""Whom a user has put off, and for how long."""


def next_snooze(snoozes: Snoozes, agent: AgentState, now_s: float) -> tuple[Snoozes, str]:
    """Return who is put off after the key, and what a user is told: first until a change, then for a while, then no more."""
    others = tuple(each for each in snoozes if each[0] != agent.id)
    match dict(snoozes).get(agent.id):
        case None:
            return (*others, (agent.id, Snooze(None, _how(agent)))), "snoozed until it changes"
        case Snooze(until_s=None):
            words = f"snoozed for {SNOOZE_S / 60:.0f} minutes"
            return (*others, (agent.id, Snooze(now_s + SNOOZE_S))), words
        case _:
            return others, "snoozed no more"


def still_snoozed(snoozes: Snoozes, agents: Iterable[AgentState], now_s: float) -> Snoozes:
    """Return those that are put off still: who has changed, or gone, or whose time is over is not."""
    if not snoozes:
        return snoozes
    known = {agent.id: agent for agent in agents}
    return tuple(
        (agent_id, snooze)
        for agent_id, snooze in snoozes
        if agent_id in known and _holds(snooze, known[agent_id], now_s)
    )


def _holds(snooze: Snooze, agent: AgentState, now_s: float) -> bool:
    return snooze.was == _how(agent) if snooze.until_s is None else now_s < snooze.until_s


def _how(agent: AgentState) -> tuple[object, ...]:
    verdict = agent.verdict
    asks = None if agent.dialog is None else agent.dialog.fingerprint
    return verdict.health, verdict.reason, verdict.since_s, asks
