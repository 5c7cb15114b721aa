"""Lengths of time as a user reads them.

>>> length_text(4345)
'1h 12m'
"""


def length_text(seconds: float) -> str:
    """Return a length of time in its two largest units: `47s`, `6m 30s`, `1h 12m`, `2d 3h`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole}s"
    for large, small, names in ((86_400, 3600, "dh"), (3600, 60, "hm"), (60, 1, "ms")):
        if whole >= large:
            rest = whole % large // small
            more = f" {rest}{names[1]}" if rest else ""
            return f"{whole // large}{names[0]}{more}"
    raise AssertionError(seconds)
