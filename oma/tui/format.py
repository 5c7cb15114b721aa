"""Names, numbers and moments in the few words that a screen has room for."""

import math
from collections.abc import Iterable

AGES_TOLD_S = 1.0
"""An age that is shown may be old by so much."""

_UNITS = ((86400, "d"), (3600, "h"), (60, "m"), (1, "s"))


def elapsed(seconds: float) -> str:
    """Return how long something lasts: `now`, `12s`, `5m`, `3h`, `2d`."""
    for size_s, unit in _UNITS:
        if seconds >= size_s:
            return f"{int(seconds // size_s)}{unit}"
    return "now"


def ago(seconds: float) -> str:
    """Return how long ago something was: `now`, `12s ago`, `5m ago`, `3h ago`, `2d ago`."""
    words = elapsed(seconds)
    return words if words == "now" else f"{words} ago"


def next_change_s(seconds: float) -> float:
    """Return in how many seconds `ago(seconds)` becomes another text."""
    for size_s, _ in _UNITS:
        if seconds >= size_s:
            return size_s - seconds % size_s
    return 1 - max(0.0, seconds)


def next_ages_change_s(ages_s: Iterable[float]) -> float:
    """Return in how many seconds one of several ages reads differently, a second or more.

    Infinite where none will. Many ages that change one after the other are told together.
    """
    changes = (next_change_s(age_s) for age_s in ages_s if age_s < math.inf)
    return max(AGES_TOLD_S, min(changes, default=math.inf))


def percent(value: float | None) -> str:
    """Return a share of a processor: `12%`; `-` when it is not known."""
    return "-" if value is None else f"{value:.0f}%"


def size(value_bytes: int | None) -> str:
    """Return an amount of memory in four or five characters: `812K`, `64M`, `4.2G`."""
    if value_bytes is None:
        return "-"
    for unit, size_bytes in (("G", 1 << 30), ("M", 1 << 20), ("K", 1 << 10)):
        if value_bytes >= size_bytes:
            count = value_bytes / size_bytes
            return f"{count:.1f}{unit}" if unit == "G" and count < 100 else f"{count:.0f}{unit}"
    return f"{value_bytes}B"


def short_name(name: str, prefix: str) -> str:
    """Return the name of an agent without the prefix that all of them share."""
    host, slash, own = name.partition("/")
    if slash and own.startswith(prefix):  # of an agent of several machines
        return f"{host}/{own.removeprefix(prefix) or own}"
    return name.removeprefix(prefix) or name
