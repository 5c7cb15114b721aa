"""What changed lately: the newest first, on one line or in a small list."""

from collections.abc import Sequence

from oma.model.health import Transition, grounds
from oma.tui.cells import (
    Line,
    Size,
    Span,
    cells,
    clip_line,
    line_cells,
    pad,
    shorten,
    showable,
    span,
)
from oma.tui.render_input import RenderInput

_NAME_COLUMNS = 20
_CHANGE_COLUMNS = len("waiting→waiting")
_LIST_FROM_ROWS = 28
"""Lower terminals have one line of transitions, and the rest for the screen of an agent."""
_SHARE = 6
"""A list takes no more than such a part of the rows."""
_LEAST_ROWS = 2
"""A title and one line tell no more than the one line alone."""


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
    """Return the newest transitions, one to a line, under a title; what recurs is one line, with how often."""
    title = (Span("── ", "rule"), Span("recent ", "faint"))
    dashes = Span("─" * max(0, room.columns - line_cells(title)), "rule")
    lines = [clip_line((*title, dashes), room.columns)]
    told = _merged(render_input.transitions, max(0, room.rows - 1))
    names = [showable(render_input.short_name(each.agent)) for each, _ in told]
    name_columns = min(_NAME_COLUMNS, max(map(cells, names), default=0))
    for (transition, count), name in zip(told, names, strict=True):
        verdict = transition.verdict
        line = [
            Span(f" {render_input.wall_time.time_of_day(transition.t)} ", "faint"),
            Span(f"{pad(name, name_columns)} "),
            *_change(transition),
        ]
        line.append(Span(" " * (_CHANGE_COLUMNS - line_cells(line[2:]) + 1)))
        if count > 1:
            line.append(Span(f"{count}× ", "strong"))
        words = grounds(verdict.reason, verdict.evidence)
        line.append(span(shorten(showable(words), room.columns - line_cells(line)), "faint"))
        lines.append(clip_line(line, room.columns))
    return lines[: room.rows]


def recent_rows(render_input: RenderInput, rows: int) -> int:
    """Return how many rows the list of transitions is worth below the screen of an agent.

    0 is none: one line tells them then.

    Args:
        render_input: With the transitions.
        rows: Of the terminal.
    """
    if rows < _LIST_FROM_ROWS:
        return 0
    worth = 1 + len(_merged(render_input.transitions, rows // _SHARE - 1))
    return worth if worth > _LEAST_ROWS else 0


def _merged(transitions: Sequence[Transition], most: int) -> list[tuple[Transition, int]]:
    """Return the newest of each kind of change of an agent, with how often that came, the newest first."""
    counts: dict[tuple[object, ...], tuple[Transition, int]] = {}
    for transition in _told(transitions):
        verdict = transition.verdict
        kind = (transition.lane, transition.source, verdict.health, verdict.reason)
        newest, count = counts.get(kind, (transition, 0))
        counts[kind] = (newest, count + 1)
    return list(counts.values())[:most]


def _told(transitions: Sequence[Transition]) -> list[Transition]:
    return [t for t in reversed(transitions) if t.source is not None]


def _words(render_input: RenderInput, transition: Transition) -> list[Span]:
    name = render_input.short_name(transition.agent)
    return [
        Span(render_input.wall_time.time_of_day(transition.t) + " ", "faint"),
        span(f"{name} "),
        *_change(transition),
    ]


def _change(transition: Transition) -> list[Span]:
    source, health = transition.source, transition.verdict.health
    spans = [] if source is None or source is health else [Span(f"{source}→", "faint")]
    return [*spans, Span(health.value, health.value)]
