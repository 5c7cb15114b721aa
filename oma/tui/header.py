"""The first line: how many agents, what they cost, and how many are in which health."""

from collections import Counter

from oma.model.health import Health
from oma.reducers.attention import ORDER
from oma.tui.cells import (
    Line,
    Span,
    cells,
    clip_line,
    line_cells,
    shorten,
    showable,
    span,
    spread_line,
)
from oma.tui.scene import Scene
from oma.tui.timeline import OWN_RULES
from oma.tui.words import percent, size


def header(scene: Scene, columns: int, filter_text: str, listed: int) -> Line:
    """Return the line; a filter in force is named in it."""
    agents = scene.state.agents
    alive = [a for a in agents if a.verdict.health is not Health.EXITED]
    active = sum(a.verdict.health is Health.OK for a in agents)
    known = [a.cpu_percent for a in alive if a.cpu_percent is not None]
    memory_bytes = sum(a.rss_bytes or 0 for a in alive)
    left: list[Span] = [Span(" oma ", "brand"), Span(f" Agents: {active}/{len(agents)} active")]
    cost = f"  CPU: {percent(sum(known) if known else None)}  Mem: {_memory(memory_bytes)}"
    right = _counts(scene)
    if scene.timeline is not None:
        left += _judged_by(scene.timeline.rules, columns - line_cells((*left, *right)))
    elif line_cells(left) + len(cost) < columns:
        left.append(Span(cost))
    if not scene.state.seq:
        words = "looking for agents " if scene.timeline is None else "nothing happened yet "
        right = (Span(words, "faint"),)
    elif not scene.state.has_server:
        right = (Span("no tmux server ", "stuck"),)
    elif filter_text:
        left.append(span(f"  filter: {filter_text} ({listed} of {len(agents)})", "key"))
    while line_cells(right) > columns - line_cells(left) - 1 and len(right) > 2:
        right = right[:-2]  # the healths that need nobody are left out first
    return clip_line(spread_line(left, right, columns), columns)


def _judged_by(rules: str, room: int) -> list[Span]:
    words = showable(rules)
    texts = [f"  judged by: {words}", f"  rules: {words}"]
    if rules == OWN_RULES:
        texts.append("  its own rules")
    fitting = next((text for text in texts if cells(text) < room), texts[1])
    if rules == OWN_RULES and cells(fitting) >= room:
        return []
    return [Span(shorten(fitting, room - 1), "key")]


def _counts(scene: Scene) -> Line:
    counts = Counter(agent.verdict.health for agent in scene.state.agents)
    spans: list[Span] = []
    gap = " " if scene.face.emoji and not scene.face.ascii else ""
    for health in ORDER:
        if counts[health]:
            spans += [
                Span(scene.face.sign(health), health.value),
                Span(f"{gap}{counts[health]}  ", health.value),
            ]
    return tuple(spans)


def _memory(value_bytes: int) -> str:
    return f"{size(value_bytes)}B" if value_bytes else "-"
