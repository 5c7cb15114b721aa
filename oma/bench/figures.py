"""Figures with their spread. Pure: no clock, no process."""

import math
from collections.abc import Sequence

import attrs


@attrs.frozen
class Spread:
    """How measured values lie; the unit is that of the values."""

    count: int
    min: float
    p50: float
    p90: float
    p99: float
    max: float


def spread(values: Sequence[float]) -> Spread | None:
    """Return how the values lie; `None` when there are none.

    A percentile is the smallest value that so many of them do not exceed: always one of them.
    """
    if not values:
        return None
    ordered = sorted(values)

    def at(percent: int) -> float:
        return ordered[max(0, math.ceil(percent * len(ordered) / 100) - 1)]

    return Spread(len(ordered), ordered[0], at(50), at(90), at(99), ordered[-1])


def ratio(value: float | None, reference: float | None) -> float | None:
    """Return how many times the reference the value is; `None` where that says nothing."""
    if value is None or not reference:
        return None
    return value / reference
