"""What the fold remembers of an agent beside the facts, written out and taken back.

The one module that looks into what judge, panes and agent keep to themselves: whoever comes to a log
in the middle is to believe the same, to the microsecond, and to change it at the same moments.
"""

from collections.abc import Mapping

from oma.detection.announcements import Announced
from oma.detection.claims import Claim
from oma.detection.error_text import ErrorCandidate
from oma.detection.evidence import Evidence
from oma.detection.judge import Judge
from oma.detection.track import Track
from oma.model.health import Ending, Health, Verdict
from oma.model.signals import ProgressShown, StatusReported
from oma.model.status_file import StatusFileRead
from oma.reducers.agent import AgentFold
from oma.reducers.memory_kinds import (
    COUNT,
    FLAG,
    NUMBER,
    TEXT,
    TIME,
    MemoryKind,
    MemoryMismatchError,
    many,
    named,
    numbered,
    one_of,
    optional,
    pair,
    recall,
    value_of,
    written,
)
from oma.reducers.pane import PaneFold

_HEALTH = one_of(Health)
_ENDING = value_of(Ending, text=TEXT, t=optional(TIME))
_SAID = {"health": _HEALTH, "reason": TEXT, "rule": TEXT, "evidence": TEXT, "since_s": TIME}
_VERDICT = value_of(Verdict, **_SAID, ending=optional(_ENDING))
_CLAIM = value_of(
    Claim,
    **_SAID,
    firm_s=TIME,
    priority=COUNT,
    end_s=TIME,
    line=optional(COUNT),
    ending=optional(_ENDING),
)
_REPORT = value_of(StatusReported, state=TEXT, kind=TEXT, app=TEXT, id=TEXT, message=TEXT)
_ANNOUNCED = value_of(
    Announced,
    progress=optional(value_of(ProgressShown, state=COUNT, percent=optional(COUNT))),
    progress_s=TIME,
    call=optional(TEXT),
    call_s=TIME,
    at_prompt=FLAG,
)
_STATUS_FILE = value_of(StatusFileRead, pane=TEXT, pid=COUNT, state=TEXT, detail=TEXT, age_s=TIME)
_EVIDENCE = value_of(
    Evidence,
    lines=many(TEXT),
    cursor_row=COUNT,
    cursor_column=COUNT,
    title=TEXT,
    command=TEXT,
    argv=many(TEXT),
    report=optional(_REPORT),
    report_s=TIME,
    columns=COUNT,
    children=COUNT,
    announced=_ANNOUNCED,
    status_file=optional(_STATUS_FILE),
    status_file_s=TIME,
    headless=TEXT,
    is_whole=FLAG,
)
_TRACK = value_of(
    Track,
    since_s=TIME,
    row=COUNT,
    text=TEXT,
    is_old=FLAG,
    firm_s=TIME,
    ceased_s=optional(TIME),
    end_s=TIME,
    message=many(TEXT),
    ending=optional(_ENDING),
)
_CANDIDATE = value_of(
    ErrorCandidate,
    key=many(TEXT),
    since_s=TIME,
    text=TEXT,
    line=COUNT,
    shown=many(TEXT),
    ending=optional(_ENDING),
)

_NOVELTY = {"_recent": numbered(TIME), "_newest": optional(COUNT)}
_JUDGE = {
    "_spent_report_s": TIME,
    "_working_s": optional(TIME),
    "_children": COUNT,
    "_resting_children": COUNT,
    "_known": optional(_HEALTH),
    "_opinion": _VERDICT,
    "_judged_s": TIME,
    "_is_awake": FLAG,
    "_due_s": TIME,
    "_winner": _CLAIM,
    "_claims": many(_CLAIM),
    "_seen": many(_CLAIM),
    "_evidence": optional(_EVIDENCE),
}
_JUDGE_PARTS: Mapping[str, Mapping[str, MemoryKind]] = {
    "_silence": {
        "active_s": TIME,
        "rests": FLAG,
        "owes": FLAG,
        "typed_s": optional(TIME),
        "_announced": _ANNOUNCED,
    },
    "_shell": {
        "_other_s": optional(TIME),
        "_seen_agent": FLAG,
        "_command": TEXT,
        "_since_s": optional(TIME),
        "_alone_s": optional(TIME),
    },
    "_tracker": {"_tracks": named(_TRACK), "_past": named(TEXT)},
    "_tracker._holds": {"_flickered_s": named(TIME)},
    "_tracker._news": {"new_s": TIME, "content_s": TIME},
    "_tracker._news._screens": _NOVELTY,
    "_tracker._news._contents": _NOVELTY,
    "_error_text": {"_candidate": optional(_CANDIDATE)},
}
_PANE = {
    "title": TEXT,
    "was_captured": FLAG,
    "report": optional(_REPORT),
    "report_s": TIME,
    "announced": _ANNOUNCED,
    "status_file": optional(_STATUS_FILE),
    "status_file_s": TIME,
    "sampled": TEXT,
    "sampled_s": TIME,
    "distrust": optional(TEXT),
    "look_due_s": TIME,
    "_looked_s": TIME,
    "_looks_saved": NUMBER,
    "_printed_s": TIME,
    "_is_earned": FLAG,
    "_repaint_until_s": TIME,
    "_has_gap": FLAG,
    "_alternate": FLAG,
    "_cursor": pair(COUNT),
}
_PANE_PARTS: Mapping[str, Mapping[str, MemoryKind]] = {
    "repeated": {"known": many(COUNT), "fresh": many(COUNT)},
    "update": {"is_open": FLAG, "is_whole": FLAG, "cut": TEXT},
}
_UNSEEN = {"_lines": many(TEXT)}
_AGENT = {
    "opened_s": TIME,
    "unwatchable": optional(TEXT),
    "names": many(TEXT),
    "active_s": TIME,
    "published": optional(_VERDICT),
    "is_told": FLAG,
    "left_s": optional(TIME),
    "told_s": TIME,
    "gone_s": optional(TIME),
    "gone_reason": TEXT,
    "gone_evidence": TEXT,
    "_primary_pane": optional(TEXT),
    "_last_project_and_branch": pair(TEXT),
}
_FIRST_LOOK = {"opened_s": TIME, "_screen_due_s": TIME, "_sample_due_s": TIME}


def memory_of(agent: AgentFold, t: float) -> dict[str, object]:
    """Return what is remembered of an agent at `t`, ready for JSON."""
    judge = agent.judge
    return {
        **written(agent, _AGENT, t),
        "first_look": written(agent.first_look, _FIRST_LOOK, t),
        "panes": [_pane(pane, t) for pane in agent.panes.values()],
        "found": None if agent.found is None else agent.found.pane,
        "judge": None if judge is None else _judge(judge, t),
        "profile": None if judge is None else judge.profile.name,
        "shown": bool(agent.shown.lines),
        "columns": agent.shown.columns,
    }


def take_back(agent: AgentFold, memory: Mapping[str, object], t: float) -> None:
    """Let an agent, whose panes are there, remember what `memory_of` gave.

    Raises:
        MemoryMismatchError: Another version of `oma` gave it. The agent is of no use then.
    """
    recall(agent, _AGENT, dict(memory), t)
    recall(agent.first_look, _FIRST_LOOK, memory.get("first_look"), t)
    panes = memory.get("panes")
    if type(panes) is not list or len(panes) != len(agent.panes):
        raise MemoryMismatchError
    for pane, told in zip(agent.panes.values(), panes, strict=True):
        _recall_pane(pane, told, t)
    if memory.get("judge") is not None:
        agent.judge = _recall_judge(agent, memory, t)
        evidence = agent.judge.last_evidence
        if memory.get("shown") is True and evidence is not None:
            agent.shown.lines = evidence.lines
        agent.shown.columns = COUNT.read(memory.get("columns"), t)
    if agent.primary_pane is None and agent.panes:
        raise MemoryMismatchError


def _pane(pane: PaneFold, t: float) -> dict[str, object]:
    # Where there is a screen it tells them itself.
    lines = _UNSEEN if pane.screen is None else {}
    told = written(pane, {**_PANE, **lines}, t)
    return told | {
        part: written(getattr(pane, part), fields, t) for part, fields in _PANE_PARTS.items()
    }


def _recall_pane(pane: PaneFold, memory: object, t: float) -> None:
    recall(pane, {**_PANE, **(_UNSEEN if pane.screen is None else {})}, memory, t)
    for part, fields in _PANE_PARTS.items():
        recall(
            getattr(pane, part), fields, memory.get(part) if isinstance(memory, dict) else None, t
        )


def _judge(judge: Judge, t: float) -> dict[str, object]:
    parts = {path: _part(judge, path) for path in _JUDGE_PARTS}
    told = {path: written(part, _JUDGE_PARTS[path], t) for path, part in parts.items() if part}
    return {**written(judge, _JUDGE, t), "parts": told}


def _recall_judge(agent: AgentFold, memory: Mapping[str, object], t: float) -> Judge:
    rules, told = agent.rules, memory.get("judge")
    profile = next((p for p in rules.profiles if p.name == memory.get("profile")), None)
    if profile is None:
        raise MemoryMismatchError
    judge = Judge(profile, rules.thresholds, agent.active_s, at_once=rules.at_once)
    recall(judge, _JUDGE, told, t)
    parts = told.get("parts") if isinstance(told, dict) else None
    if not isinstance(parts, dict):
        raise MemoryMismatchError
    for path, fields in _JUDGE_PARTS.items():
        part = _part(judge, path)
        if part is not None:
            recall(part, fields, parts.get(path), t)
    known = {rule.name for rule in profile.every_rule}
    if not known.issuperset(getattr(_part(judge, "_tracker"), "_tracks")):  # noqa: B009  # a private name
        raise MemoryMismatchError
    judge.look_back()
    return judge


def _part(judge: Judge, path: str) -> object:
    part: object = judge
    for name in path.split("."):
        part = getattr(part, name)
    return part
