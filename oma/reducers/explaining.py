"""Explanations: the grounds of one agent's verdict, laid open. They change nothing of the fold."""

import attrs

from oma.model.explanation import EvidenceItem, Explanation, Recognised
from oma.model.health import Verdict
from oma.reducers.agent import AgentFold
from oma.reducers.agent_state import place_now
from oma.reducers.pane import PaneFold
from oma.reducers.process_facts import unseen
from oma.reducers.speaker import recognise_pane


def explain(agent: AgentFold, t: float) -> Explanation | None:
    """Return why the agent is as it is at `t`; `None` while no pane of it was seen.

    Args:
        agent: Every deadline of it up to `t` has been passed.
        t: Not before the last record.
    """
    judge, pane = agent.judge, agent.primary_pane
    if judge is None:
        return None
    verdict = agent.verdict(t) or unseen(agent.opened_s)
    seen: tuple[EvidenceItem, ...]
    if pane is None:  # what was on its screen is of the past
        seen, outlook = (_fact(verdict),), None
    elif pane.seen.dead or agent.is_unwatched:
        outweighed = f"gives way to {verdict.rule}"
        claims = [attrs.evolve(s, lost=s.lost or outweighed) for s in judge.explain(t)]
        seen, outlook = (_fact(verdict), *claims), None
    else:
        seen, outlook = judge.explain(t), judge.outlook(t)
    return Explanation(
        t=t,
        agent=agent.name,
        profile=judge.profile.name,
        verdict=verdict,
        seen=seen,
        outlook=outlook,
        sees_screen=pane is not None and pane.screen is not None,
        id=agent.id,
        pane=None if pane is None else pane.seen.pane,
        place=place_now(agent),
        recognised=None if pane is None else _recognised(agent, judge.profile.name, pane),
        sampled="" if pane is None else pane.sampled,
        sampled_s=0.0 if pane is None else pane.sampled_s,
    )


def _recognised(agent: AgentFold, profile: str, pane: PaneFold) -> Recognised | None:
    """Return what told of the kind that the agent is taken to be; `None` for none, or nothing now."""
    told = recognise_pane(agent.rules, pane, agent.found)
    if told is None or told.profile != profile:
        return None
    return Recognised(told.way, told.evidence)


def _fact(verdict: Verdict) -> EvidenceItem:
    return EvidenceItem(
        health=verdict.health,
        rule=verdict.rule,
        line=None,
        text=verdict.evidence,
        since_s=verdict.since_s,
        counts=True,
        lost="",
    )
