"""What changed lately: the newest first, on one line or in a small list."""

from collections.abc import Sequence

from oma.model.health import Transition
from oma.tui.cells import Line, Size, Span, clip_line, line_cells, span
from oma.tui.render_input import RenderInput


def transitions_line(render_input: RenderInput, columns: int) -> Line:
    """Return as many of the newest transitions as fit on one line."""
    line: list[Span] = []
    for transition in _told(render_input.transitions):
        part = [Span("  " if line else " "), *_words(render_input, transition)]
        if line and line_cells(line) + line_cells(part) > columns:
            break
        line += part
    return clip_line(line, columns)


def recent(render_input: RenderInput, room: Size) -> list[Line]:
    """Return the newest transitions, one to a line, under a title."""
    title = (Span("── ", "rule"), Span("recent ", "faint"))
    dashes = Span("─" * max(0, room.columns - line_cells(title)), "rule")
    lines = [clip_line((*title, dashes), room.columns)]
    for transition in _told(render_input.transitions)[: room.rows - 1]:
        reason = span(f"  {transition.verdict.reason}", "faint")
        words = (Span("   "), *_words(render_input, transition), reason)
        lines.append(clip_line(words, room.columns))
    return lines[: room.rows]


def _told(transitions: Sequence[Transition]) -> list[Transition]:
    return [t for t in reversed(transitions) if t.source is not None]


def _words(render_input: RenderInput, transition: Transition) -> list[Span]:
    source, health = transition.source, transition.verdict.health
    name = render_input.short_name(transition.agent)
    spans = [
        Span(render_input.wall_time.time_of_day(transition.t) + " ", "faint"),
        span(f"{name} "),
    ]
    if source is not health and source is not None:
        spans.append(Span(f"{source}→", "faint"))
    return [*spans, Span(health.value, health.value)]
