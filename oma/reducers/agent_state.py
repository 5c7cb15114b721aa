"""One agent as views see it: an immutable snapshot of its fold."""

import attrs

from oma.detection.profile import GENERIC
from oma.model.health import Health
from oma.model.state import AgentState
from oma.reducers.agent import AgentFold
from oma.reducers.names import place_of, task_of
from oma.reducers.process_facts import unseen


def place_now(agent: AgentFold) -> str:
    """Return `session:window.pane` of the pane that speaks for an agent; empty where tmux did not say."""
    pane = agent.primary_pane
    return "" if pane is None else place_of(agent.session_name, pane.seen)


def state_of(agent: AgentFold) -> AgentState | None:
    """Return a snapshot with the last verdict that was told; `None` before a pane was seen."""
    judge = agent.judge
    if judge is None and not agent.is_told:
        return None
    verdict = agent.told or unseen(agent.opened_s)
    may_end = verdict.health in {Health.STUCK, Health.WAITING}
    if judge is not None and may_end and verdict.ending != judge.ending:
        verdict = attrs.evolve(verdict, ending=judge.ending)  # it may say so later, and anew
    pane = agent.primary_pane
    seen = pane.seen if pane is not None else None
    sample = pane.sample if pane is not None else None
    profile = judge.profile.name if judge is not None else GENERIC
    project, branch = agent.project_and_branch
    checkout = pane.checkout if pane is not None else None
    return AgentState(
        id=agent.id,
        session=agent.session,
        name=agent.name,
        place=place_now(agent),
        window=seen.window if seen is not None else None,
        names=agent.names or (agent.name,),
        label=seen.label if seen is not None else "",
        group=seen.group if seen is not None else "",
        pane=seen.pane if seen is not None else None,
        verdict=verdict,
        profile=profile,
        command=seen.command if seen is not None else "",
        title=agent.title,
        cwd=seen.cwd if seen is not None else "",
        pid=(seen.pid or None) if seen is not None else None,
        columns=seen.columns if seen is not None else 0,
        rows=seen.rows if seen is not None else 0,
        active_s=agent.active_s,
        cpu_percent=sample.cpu_percent if sample is not None else None,
        rss_bytes=sample.rss_bytes if sample is not None else None,
        gone=agent.gone_s is not None,
        session_name=agent.session_name,
        project=project,
        branch=branch,
        changes=checkout.changes if checkout is not None else None,
        task=task_of(agent.title, profile),
        sampled=pane.sampled if pane is not None else "",
        sampled_s=pane.sampled_s if pane is not None and pane.sampled else None,
        dialog=agent.shown.dialog() if verdict.health is Health.WAITING else None,
    )
