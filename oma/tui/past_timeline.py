"""The time line of the past in a live dashboard: how each agent was, until now. Pure."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import attrs

from oma.model.health import Health
from oma.model.ids import AgentId
from oma.summary.lengths import length_text
from oma.tui.cells import Line, Size, Span, clip_line, pad, showable
from oma.tui.timeline import NAME_COLUMNS, drawn, most_urgent

_SHARE = 6
"""One row in so many is the time line's, at most: it is looked at less than what happens now."""

_TIME_COLUMNS = 20
"""One time of day stands on so many columns of the ruler."""


@attrs.frozen
class PastLane:
    """One agent."""

    agent: AgentId | None
    """`None` for one that is listed no more."""
    name: str
    spans: Sequence[tuple[float, float, Health]]
    """From when to when, in seconds since the time line began, and how; where there is none nobody watched."""


@attrs.frozen
class PastTimeline:
    """All agents until now."""

    began: datetime
    """In the time zone that is shown."""
    length_s: float
    lanes: Sequence[PastLane]


def past_rows(timeline: PastTimeline | None, size: Size) -> int:
    """Return how many rows of a screen the time line takes."""
    most = 0 if timeline is None else size.rows // _SHARE
    return 0 if timeline is None or most < 2 else min(most, 1 + len(timeline.lanes))


def past_lines(
    timeline: PastTimeline, shown: AgentId | None, short_name: Callable[[str], str], room: Size
) -> list[Line]:
    """Return the ruler and below it as many agents as fit; the one that is `shown` is among them."""
    if room.rows < 1:
        return []
    bar = max(1, room.columns - NAME_COLUMNS - 1)
    lanes = timeline.lanes
    first = next((at for at, lane in enumerate(lanes) if lane.agent == shown and shown), 0)
    first = max(0, min(first, len(lanes) - (room.rows - 1)))
    lines = [_ruler(timeline, bar)]
    for lane in lanes[first : first + room.rows - 1]:
        style = "strong" if lane.agent is not None and lane.agent == shown else "faint"
        label = Span(" " + pad(showable(short_name(lane.name)), NAME_COLUMNS - 1), style)
        lines.append((label, *drawn(most_urgent(lane.spans, timeline.length_s, bar))))
    return [clip_line(line, room.columns) for line in lines]


def _ruler(timeline: PastTimeline, bar: int) -> Line:
    words = "─" * bar
    for number in range(max(1, bar // _TIME_COLUMNS)):
        at = number * _TIME_COLUMNS
        moment = timeline.began + timedelta(seconds=timeline.length_s * at / bar)
        time = f"{moment:%H:%M} "
        words = f"{words[:at]}{time}{words[at + len(time) :]}"
    if bar > 2 * _TIME_COLUMNS:
        words = f"{words[:-4]} now"
    label = pad(f"last {length_text(timeline.length_s)}", NAME_COLUMNS - 1)
    return (Span(" " + label, "strong"), Span(words[:bar], "faint"))
