"""Truth files: what an agent was really doing, and when, as a user or a script noted it."""

import json
import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import NoReturn

import attrs

from oma.errors import ProtocolError, RecordingError
from oma.model.health import Health
from oma.model.ids import PaneId, parse_pane_id

STATES: Mapping[str, Health] = MappingProxyType(
    {
        "WORKING": Health.OK,
        "IDLE": Health.IDLE,
        "WAITING": Health.WAITING,
        "STUCK": Health.STUCK,
        "EXITED": Health.EXITED,
    }
)
"""The words of a truth file, and what a detector that is right says of them."""


@attrs.frozen
class Interval:
    """A stretch of time in which one state was true."""

    start_s: float
    end_s: float
    """Not part of it."""
    health: Health


@attrs.frozen
class Truth:
    """What was true of one agent; nothing is known of the time between the intervals."""

    pane: PaneId | None
    """The agent's; `None` where the recording holds one agent alone."""
    intervals: tuple[Interval, ...]
    """In order of time. They do not overlap, and two of one state do not touch."""


def parse_truth(data: bytes, source: str) -> Truth:
    """Return what the truth file `source` says.

    It is a JSON object with `truth`, an array of `[from, to, state, why]` in seconds of the
    recording, and perhaps `pane`. Other keys are ignored. Intervals of one state that overlap or
    touch are one.

    Raises:
        RecordingError: it is none, or two intervals of different states overlap.
    """
    try:
        fields = json.loads(data)
    except ValueError as error:
        _refuse(source, f"not JSON: {error}")
    rows = fields.get("truth") if isinstance(fields, dict) else None
    if not isinstance(rows, list):
        _refuse(source, "not a truth file: expected an object with an array 'truth'")
    intervals = sorted(
        (_interval(row, source) for row in rows), key=lambda each: (each.start_s, each.end_s)
    )
    return Truth(_pane(fields.get("pane"), source), _joined(intervals, source))


def _pane(value: object, source: str) -> PaneId | None:
    if value is None:
        return None
    try:
        return parse_pane_id(str(value))
    except ProtocolError as error:
        _refuse(source, f"'pane': {error}")


def _interval(row: object, source: str) -> Interval:
    match row:
        case [int() | float() as start_s, int() | float() as end_s, str(state), *_] if (
            state in STATES and 0 <= start_s <= end_s < math.inf
        ):
            return Interval(float(start_s), float(end_s), STATES[state])
    states = ", ".join(STATES)
    message = f"{source}: expected [from, to, state, why], a state of {states}, not {row!r}"
    raise RecordingError(message)


def _joined(intervals: list[Interval], source: str) -> tuple[Interval, ...]:
    joined: list[Interval] = []
    for interval in intervals:
        last = joined[-1] if joined else None
        if last is None or interval.start_s > last.end_s:
            joined.append(interval)
        elif interval.health is last.health:
            joined[-1] = attrs.evolve(last, end_s=max(last.end_s, interval.end_s))
        elif interval.start_s == last.end_s:
            joined.append(interval)
        else:
            _refuse(
                source,
                f"at {interval.start_s:g} s it is both {last.health} and {interval.health}",
            )
    return tuple(joined)


def _refuse(source: str, complaint: str) -> NoReturn:
    raise RecordingError(f"{source}: {complaint}") from None
