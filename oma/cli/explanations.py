"""Explanations as text; everything that an agent wrote is made printable."""

from datetime import datetime, timedelta

from oma.cli.transition_lines import ago
from oma.model.explanation import WAYS, EvidenceItem, Explanation
from oma.model.printable import printable
from oma.model.wall_time import WallTime

TEXT_COLUMNS = 100
"""As much of a text of the agent as a line for a user shows."""


def explanation_text(told: Explanation, started_at: str) -> str:
    """Return an explanation for a user, with wall times."""
    verdict = told.verdict
    began = datetime.fromisoformat(started_at)

    def wall(t: float) -> str:
        return f"{(began + timedelta(seconds=t)).astimezone():%H:%M:%S}"

    age = ago(told.t - verdict.since_s)
    lines = [
        f"{printable(told.agent)} is {verdict.health.upper()}: {verdict.reason}",
        f"  at       {wall(told.t)}, {told.t:.3f} s of the log",
        f"  since    {wall(verdict.since_s)} ({age})",
        f"  rule     {verdict.rule}, profile {told.profile}",
        f"  because  {_quoted(verdict.evidence, _line(told.decisive))}",
        f"  listed   {_listed(told)}",
        f"  kind     {_kind(told)}",
    ]
    if verdict.ending is not None:
        until = WallTime(began.astimezone()).until(verdict.ending, told.t)
        lines.append(f"  ends     {_quoted(f'{until}, as it says: {verdict.ending.text}', None)}")
    if told.sampled:
        lines.append(f"  sampled  since {wall(told.sampled_s)}: {printable(told.sampled)}")
    if not told.sees_screen:
        lines.append("  its screen is not known now: what was last seen of it stands")
    lines += ["would change", f"  if that goes        {_if_it_goes(told)}"]
    outlook = told.outlook
    lines.append(
        "  if nothing happens  it stays so"
        if outlook is None
        else f"  if nothing happens  {outlook.health.upper()} ({outlook.reason}) at "
        f"{wall(outlook.t)}, in {ahead(outlook.t - told.t)}, by {outlook.rule}"
    )
    others = [item for item in told.seen if item.lost]
    if others:
        lines.append("also seen")
        lines += [_other(item) for item in others]
    return "\n".join(lines)


def ahead(seconds: float) -> str:
    """Return how far ahead something is, for a user: with a decimal below ten seconds."""
    return f"{seconds:.1f}s" if seconds < 10 else ago(seconds)


def _listed(told: Explanation) -> str:
    place = printable(told.place) or "nowhere any more"
    where = place if told.pane is None else f"{place}, pane {told.pane}"
    why = "its session is one for agents" if told.is_session else "an agent was found there"
    return f"{where}: {why}"


def _kind(told: Explanation) -> str:
    recognised = told.recognised
    if recognised is None:
        return f"{told.profile}: nothing tells another one now"
    way = f"{told.profile}, recognised by {WAYS[recognised.way]}"
    return f"{way}: {_quoted(recognised.evidence, None)}" if recognised.evidence else way


def _if_it_goes(told: Explanation) -> str:
    successor = told.successor
    if successor is None:
        return "nothing else that was seen counts"
    return f"{successor.health.upper()} by {successor.rule}"


def _other(item: EvidenceItem) -> str:
    text = _quoted(item.text, _line(item))
    return f"  {item.health.upper():<8} {item.rule}: {text}; {item.lost}"


def _line(item: EvidenceItem | None) -> int | None:
    return None if item is None or item.line is None else item.line + 1


def _quoted(text: str, line: int | None) -> str:
    shown = printable(text)
    if len(shown) > TEXT_COLUMNS:
        shown = f"{shown[: TEXT_COLUMNS - 1]}…"
    return shown if line is None else f"line {line}: {shown}"
