"""The time line of a replay: where it stands, and how each agent was from end to end. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

import attrs

from oma.model.attention import ORDER
from oma.model.health import Health, Transition
from oma.tui.cells import Line, Size, Span, clip_line, pad, shorten, showable
from oma.tui.editor import Editor
from oma.tui.playhead import clock_of

NAME_COLUMNS = 16
OWN_RULES = "this recording's rules"
"""What judges unless something else is given."""

_SHARE = 4
"""One row in so many is the time line's, at most."""

_MARKS = {
    Health.WAITING: "W",
    Health.STUCK: "S",
    Health.EXITED: "x",
    Health.IDLE: "·",
    Health.OK: "━",
}
_RANK = {health: rank for rank, health in enumerate(ORDER)}


@attrs.frozen
class Timeline:
    """A recording as it is played."""

    moment_s: float
    end_s: float
    """Of what was read so far."""
    whole: bool
    """All of it was read."""
    speed: float
    paused: bool
    rules: str
    """What judges: `this recording's rules`, or whatever was given in their place."""
    live: bool = False
    """It is read as it is written, and shown at its end."""
    agent_timelines: Mapping[str, Sequence[Transition]] = attrs.Factory(dict)
    """`Transition.lane` → all transitions of that agent."""
    asking: Editor | None = None
    """The time to go to, while it is typed."""


def timeline_rows(timeline: Timeline, size: Size) -> int:
    """Return how many rows of a screen the time line takes."""
    most = size.rows // _SHARE
    return 0 if most < 2 else min(most, 1 + max(1, len(timeline.agent_timelines)))


def timeline_lines(
    timeline: Timeline, shown: str | None, short_name: Callable[[str], str], room: Size
) -> list[Line]:
    """Return the ruler and below it as many agents as fit, each under its latest name.

    The lane that is `shown` is among them.
    """
    if room.rows < 1:
        return []
    bar = max(1, room.columns - NAME_COLUMNS - 1)
    at = _column(timeline.moment_s, timeline.end_s, bar)
    lanes = list(timeline.agent_timelines)
    first = lanes.index(shown) if shown is not None and shown in timeline.agent_timelines else 0
    first = max(0, min(first, len(lanes) - (room.rows - 1)))
    lines = [_ruler(timeline, at, bar)]
    for lane in lanes[first : first + room.rows - 1]:
        name = timeline.agent_timelines[lane][-1].agent
        style = "strong" if lane == shown else "faint"
        label = Span(" " + pad(showable(short_name(name)), NAME_COLUMNS - 1), style)
        lines.append((label, *drawn(_cells(timeline, lane, bar), at)))
    return [clip_line(line, room.columns) for line in lines]


def _ruler(timeline: Timeline, at: int, bar: int) -> Line:
    place = f"{clock_of(timeline.moment_s)}/{clock_of(timeline.end_s)}"
    state = "paused" if timeline.paused else "playing"
    tail = f" {state} {timeline.speed:g}x" + ("" if timeline.whole else " reading…")
    tail = " live" if timeline.live else tail
    tail = shorten(tail, max(0, bar - at - 1)) if at < bar // 2 else shorten(tail, at)
    left, right = "─" * at, "─" * (bar - at - 1)
    if at < bar // 2:
        right = right[: len(right) - len(tail)] + tail
    else:
        left = tail.strip() + " " + left[len(tail) :] if tail else left
    return (
        Span(" " + pad(place, NAME_COLUMNS - 1), "strong"),
        Span(left, "faint"),
        Span("●", "key"),
        Span(right, "faint"),
    )


def _cells(timeline: Timeline, lane: str, bar: int) -> list[Health | None]:
    transitions = timeline.agent_timelines[lane]
    ends = [*(transition.t for transition in transitions[1:]), timeline.end_s]
    spans = ((x.t, end_s, x.verdict.health) for x, end_s in zip(transitions, ends, strict=True))
    return most_urgent(spans, timeline.end_s, bar)


def most_urgent(
    spans: Iterable[tuple[float, float, Health]], length_s: float, columns: int
) -> list[Health | None]:
    """Return the most urgent health that an agent had within each column; `None` for none.

    Args:
        spans: From when to when, in seconds, and how it was.
        length_s: What all columns stand for.
        columns: How many there are.
    """
    found: list[Health | None] = [None] * columns
    for start_s, end_s, health in spans:
        rank = _RANK[health]
        first, last = (_column(t, length_s, columns) for t in (start_s, end_s))
        for column in range(first, last + 1):
            known = found[column]
            if known is None or rank < _RANK[known]:
                found[column] = health
    return found


def drawn(healths: Iterable[Health | None], at: int | None = None) -> list[Span]:
    """Return a lane as it is drawn, with the place `at` which a replay stands."""
    if at is None:
        runs = [(health, len(list(run))) for health, run in groupby(healths)]
        return [
            Span(" " * length) if health is None else Span(_MARKS[health] * length, health.value)
            for health, length in runs
        ]
    marks = [(" ", "text") if each is None else (_MARKS[each], each.value) for each in healths]
    if 0 <= at < len(marks):
        mark, _ = marks[at]
        marks[at] = ("│" if mark in " ·━" else mark, "key")
    return [
        Span("".join(mark for mark, _ in run), style)
        for style, run in groupby(marks, key=itemgetter(1))
    ]


def _column(t: float, length_s: float, columns: int) -> int:
    return max(0, min(columns - 1, int(t / length_s * columns))) if length_s > 0 else 0
