"""What is known as plain objects for JSON: the same on the command line and in the browser."""

import math
from datetime import UTC, datetime

from oma.model.checkout import Changes
from oma.model.dialog import Dialog
from oma.model.document_shapes import (
    AgentDocument,
    ChangesDocument,
    DialogDocument,
    EndingDocument,
    ExplanationDocument,
    StatusDocument,
    TransitionDocument,
    UntilDocument,
)
from oma.model.explanation import EvidenceItem, Explanation
from oma.model.health import Ending, Transition
from oma.model.state import AgentState, FleetState
from oma.model.wall_time import WallTime


def status_document(state: FleetState, t: float, wall_time: WallTime) -> StatusDocument:
    """Return all agents as they are at `t`, in seconds of the log of that calendar."""
    return {
        "server": state.has_server,
        "tmux": state.tmux,
        "agents": [agent_document(agent, t, wall_time) for agent in state.agents],
    }


def agent_document(agent: AgentState, t: float, wall_time: WallTime) -> AgentDocument:
    """Return an agent as it is at `t`, in seconds of the log of that calendar.

    An agent that was never seen active has no `idle_s`: JSON has no infinite number.
    """
    verdict = agent.verdict
    idle_s = wall_time.elapsed_s(agent.active_s, t)
    return {
        "agent": agent.name,
        "id": agent.id,
        "place": agent.place or None,
        "session": agent.session,
        "pane": agent.pane,
        "health": verdict.health,
        "reason": verdict.reason,
        "rule": verdict.rule,
        "evidence": verdict.evidence,
        "until": None if verdict.ending is None else _until(verdict.ending, wall_time),
        "since": iso(wall_time.moment(verdict.since_s)),
        "idle_s": round(idle_s, 3) if math.isfinite(idle_s) else None,
        "profile": agent.profile,
        "command": agent.command,
        "title": agent.title,
        "cwd": agent.cwd,
        "group": agent.group,
        "session_name": agent.session_name,
        "project": agent.project,
        "branch": agent.branch,
        "changes": None if agent.changes is None else changes_document(agent.changes),
        "task": agent.task,
        "pid": agent.pid,
        "cpu_percent": agent.cpu_percent,
        "rss_bytes": agent.rss_bytes,
        "dialog": None if agent.dialog is None else dialog_document(agent.dialog),
    }


def changes_document(changes: Changes) -> ChangesDocument:
    """Return how a checkout differs from what is committed, and from its upstream."""
    return {
        "dirty": changes.dirty,
        "conflicts": changes.conflicts,
        "ahead": changes.ahead,
        "behind": changes.behind,
    }


def _until(ending: Ending, wall_time: WallTime) -> UntilDocument:
    return {
        "text": ending.text,
        "at": None if ending.t is None else iso(wall_time.moment(ending.t)),
    }


def iso(moment: datetime) -> str:
    """Return a moment in UTC, to the millisecond, in ISO 8601."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def _ending_document(ending: Ending | None) -> EndingDocument | None:
    return None if ending is None else {"text": ending.text, "t": ending.t}


def dialog_document(dialog: Dialog) -> DialogDocument:
    """Return what an agent asks; an answer carries the `fingerprint` back."""
    return {
        "question": dialog.question,
        "subject": dialog.subject,
        "options": [
            {"key": option.key, "label": option.label, "chosen": option.chosen}
            for option in dialog.options
        ],
        "takes_text": dialog.takes_text,
        "fingerprint": dialog.fingerprint,
    }


def transition_document(transition: Transition) -> TransitionDocument:
    """Return a change of an agent's health."""
    verdict = transition.verdict
    return {
        "t": transition.t,
        "seq": transition.seq,
        "agent": transition.agent,
        "id": transition.id,
        "place": transition.place or None,
        "from": transition.source,
        "to": verdict.health,
        "reason": verdict.reason,
        "rule": verdict.rule,
        "evidence": verdict.evidence,
        "until": _ending_document(verdict.ending),
    }


def explanation_document(told: Explanation) -> ExplanationDocument:
    """Return why an agent is as it is; lines of the screen count from 1, `since` is in seconds."""
    verdict, outlook = told.verdict, told.outlook
    decisive, successor = told.decisive, told.successor
    return {
        "t": told.t,
        "agent": told.agent,
        "id": told.id,
        "pane": told.pane,
        "place": told.place or None,
        "listed": "session" if told.is_session else "pane",
        "profile": told.profile,
        "recognised": None
        if told.recognised is None
        else {"way": told.recognised.way, "evidence": told.recognised.evidence},
        "health": verdict.health,
        "reason": verdict.reason,
        "rule": verdict.rule,
        "evidence": verdict.evidence,
        "until": _ending_document(verdict.ending),
        "line": _line(decisive),
        "since": round(told.t - verdict.since_s, 6),
        "sees_screen": told.sees_screen,
        "seen": [
            {
                "health": item.health,
                "rule": item.rule,
                "text": item.text,
                "line": _line(item),
                "since": round(told.t - item.since_s, 6),
                "counts": item.counts,
                "lost": item.lost or None,
            }
            for item in told.seen
        ],
        "if_it_goes": None
        if successor is None
        else {"health": successor.health, "rule": successor.rule},
        "if_nothing_happens": None
        if outlook is None
        else {
            "t": outlook.t,
            "health": outlook.health,
            "reason": outlook.reason,
            "rule": outlook.rule,
        },
    }


def _line(item: EvidenceItem | None) -> int | None:
    return None if item is None or item.line is None else item.line + 1
