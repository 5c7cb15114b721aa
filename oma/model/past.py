"""Changes of the past, between what a log holds of them and what views show."""

from oma.model.health import Health, Transition, Verdict
from oma.model.ids import AgentId
from oma.model.standing import PastChange


def past_change(told: Transition, t: float) -> PastChange | None:
    """Return a transition as it is told at `t`; `None` for one of which no agent is known."""
    verdict = told.verdict
    if told.id is None:
        return None
    return PastChange(
        agent=told.id,
        name=told.agent,
        place=told.place,
        ago_s=round(t - told.t, 6),
        source=None if told.source is None else str(told.source),
        health=str(verdict.health),
        reason=verdict.reason,
        rule=verdict.rule,
        evidence=verdict.evidence,
        since_s=round(t - verdict.since_s, 6),
    )


def of_past(change: PastChange, t: float) -> Transition | None:
    """Return what was told at `t` as a transition; `None` where a later version has other healths."""
    try:
        source = None if change.source is None else Health(change.source)
        health = Health(change.health)
    except ValueError:
        return None
    since_s = round(t - change.since_s, 6)
    verdict = Verdict(health, change.reason, change.rule, change.evidence, since_s)
    at_s = round(t - change.ago_s, 6)
    return Transition(at_s, 0, change.name, source, verdict, AgentId(change.agent), change.place)
