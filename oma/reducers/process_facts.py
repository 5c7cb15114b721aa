"""Verdicts that rest on facts about processes and sessions, whatever a screen shows."""

from oma.model.events import PaneSeen
from oma.model.health import Health, Verdict


def session_gone(reason: str, evidence: str, t: float) -> Verdict:
    """Return the verdict on an agent whose session ended at `t`."""
    return Verdict(Health.EXITED, reason, "process/session", evidence, t)


def process_ended(seen: PaneSeen, t: float, before: Verdict | None) -> Verdict:
    """Return the verdict on a dead pane at `t`, after the verdict `before`."""
    since_s = t
    if before is not None and before.reason == "process-ended":
        since_s = before.since_s
    status = seen.dead_status
    evidence = "its process ended" if status is None else f"exit status {status}"
    return Verdict(Health.EXITED, "process-ended", "process/pane", evidence, since_s)


def program_left(t: float) -> Verdict:
    """Return the verdict on an agent of which nothing runs in its pane since `t`."""
    said = "nothing of it runs in its pane any more"
    return Verdict(Health.EXITED, "shell-back", "process/tree", said, t)


def unwatched(why: str, opened_s: float) -> Verdict:
    """Return the verdict on an agent whose session must not be attached to."""
    return Verdict(Health.OK, "unwatched", "process/session", why, opened_s)


def unseen(opened_s: float) -> Verdict:
    """Return what views show of an agent before its first verdict; no transition carries it."""
    return Verdict(Health.OK, "unseen", "process/session", "it has just been found", opened_s)
