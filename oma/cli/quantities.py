"""The numbers of the command line: read and checked before anything else runs.

Each function is the `type` of an option: `argparse` puts the option's name before what it raises.

>>> seconds("2.5")
2.5
"""

import argparse
import math
from typing import NoReturn

HIGHEST_PORT = 65535

LAST_S = -1.0
"""The length that means: since a user last looked."""

LONGEST_S = 366 * 86_400.0

_UNITS_S = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def seconds(text: str) -> float:
    """Return a duration, or a moment counted from a beginning, in seconds: finite, 0 or more."""
    number = _number(text)
    if not 0 <= number < math.inf:
        _refuse(text, "a number of seconds, 0 or more")
    return number


def speed(text: str) -> float:
    """Return a factor: finite, and greater than 0."""
    number = _number(text)
    if not 0 < number < math.inf:
        _refuse(text, "a number greater than 0")
    return number


def percent(text: str) -> float:
    """Return a share of a hundred, from 0 to 100."""
    number = _number(text)
    if not 0 <= number <= 100:
        _refuse(text, "a number from 0 to 100")
    return number


def place(text: str) -> int:
    """Return a number in a list, from 1."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    if number < 1:
        _refuse(text, "a whole number, 1 or more")
    return number


def port(text: str) -> int:
    """Return the number of a TCP port; 0 lets the system choose one."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
    if not 0 <= number <= HIGHEST_PORT:
        _refuse(text, f"a port from 0 to {HIGHEST_PORT}")
    return number


def duration(text: str) -> float:
    """Return the seconds of a duration such as `90s`, `30m`, `12h` or `7d`, up to `LONGEST_S`."""
    digits, unit = text[:-1], text[-1:]
    is_one = digits.isascii() and digits.isdigit() and len(digits) < 10 and unit in _UNITS_S
    length_s = float(int(digits) * _UNITS_S[unit]) if is_one else 0.0
    if not 0 < length_s <= LONGEST_S:
        _refuse(text, "a time such as 90s, 30m, 12h or 7d, at most 366d")
    return length_s


def duration_or_last(text: str) -> float:
    """Return what `duration` does, or `LAST_S` for `last`."""
    return LAST_S if text == "last" else duration(text)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _refuse(text: str, expected: str) -> NoReturn:
    raise argparse.ArgumentTypeError(f"{text!r}: expected {expected}")
