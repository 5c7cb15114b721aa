"""Numbers and moments in the few words that a screen has room for."""

_UNITS = ((86400, "d"), (3600, "h"), (60, "m"), (1, "s"))


def ago(seconds: float) -> str:
    """Return how long ago something was: `now`, `12s ago`, `5m ago`, `3h ago`, `2d ago`."""
    for size_s, unit in _UNITS:
        if seconds >= size_s:
            return f"{int(seconds // size_s)}{unit} ago"
    return "now"


def next_change_s(seconds: float) -> float:
    """Return in how many seconds `ago(seconds)` becomes another text."""
    for size_s, _ in _UNITS:
        if seconds >= size_s:
            return size_s - seconds % size_s
    return 1 - max(0.0, seconds)


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
