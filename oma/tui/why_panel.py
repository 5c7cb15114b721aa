"""Why the selected agent is judged so: the verdict with its grounds, in words."""

from oma.model.explanation import WAYS
from oma.model.health import Health
from oma.model.state import AgentState
from oma.tui.cells import Line, Size, Span, cells, clip, showable, span
from oma.tui.format import ago
from oma.tui.render_input import RenderInput

_MEANING = {
    Health.OK: "it works, or did a moment ago",
    Health.IDLE: "it is silent, or finished and at its prompt",
    Health.WAITING: "it asks you something",
    Health.STUCK: "it fails, makes no progress, or is silent for too long",
    Health.EXITED: "its process ended",
}


def why_panel(render_input: RenderInput, agent: AgentState | None, room: Size) -> list[Line]:
    """Return what the verdict on the agent rests on."""
    if agent is None:
        return []
    verdict = agent.verdict
    since = render_input.wall_time.time_of_day(verdict.since_s)
    facts = (
        ("verdict", f"{verdict.health.upper()}: {_MEANING[verdict.health]}", verdict.health.value),
        ("evidence", verdict.evidence.strip() or "none", "strong"),
        ("reason", verdict.reason, "strong"),
        ("ends", render_input.until(verdict.ending), "strong"),
        ("rule", verdict.rule, "text"),
        ("since", f"{since}, {ago(render_input.age_s(verdict.since_s))}", "text"),
        ("active", ago(render_input.age_s(agent.active_s)), "text"),
        ("profile", agent.profile, "text"),
        ("command", agent.command, "text"),
        ("title", agent.title, "text"),
        ("directory", agent.cwd, "text"),
        ("process", "" if agent.pid is None else f"{agent.pid}, in pane {agent.pane}", "text"),
    )
    lines: list[Line] = [()]
    for name, words, style in (*facts, *_grounds(render_input)):
        if words:
            lines += _wrapped(f"  {name:<11}", showable(words), style, room.columns)
    return lines[: room.rows]


def _grounds(render_input: RenderInput) -> list[tuple[str, str, str]]:
    """Return what else was seen and did not decide, and what time alone will change."""
    found = render_input.explanation
    if found is None:
        return []
    grounds = []
    if found.recognised is not None:
        words = f"{WAYS[found.recognised.way]}: {found.recognised.evidence}"
        grounds.append(("known by", words, "text"))
    if found.outlook is not None:
        moment = render_input.wall_time.time_of_day(found.outlook.t)
        words = f"{found.outlook.health.upper()} ({found.outlook.reason}) at {moment} if nothing happens"
        grounds.append(("next", words, found.outlook.health.value))
    for item in found.seen:
        if item.lost:
            words = f"{item.health} {item.rule}: {item.text.strip()} ({item.lost})"
            grounds.append(("also seen", words, "faint"))
    return grounds


def _wrapped(label: str, words: str, style: str, columns: int) -> list[Line]:
    lines: list[Line] = []
    room = max(1, columns - len(label) - 1)
    while words or not lines:
        head = clip(words, room) or words[:1]
        if cells(head) > room:
            break  # one cell for a character of two
        lines.append((Span(" " * len(label) if lines else label, "faint"), span(head, style)))
        words = words[len(head) :]
    return lines
