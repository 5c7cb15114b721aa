"""The numbers of the command line: read and checked before anything else runs.

Each function is the `type` of an option: `argparse` puts the option's name before what it raises.
"""

import argparse
import math
from typing import NoReturn

HIGHEST_PORT = 65535


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


def port(text: str) -> int:
    """Return the number of a TCP port; 0 lets the system choose one."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
    if not 0 <= number <= HIGHEST_PORT:
        _refuse(text, f"a port from 0 to {HIGHEST_PORT}")
    return number


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _refuse(text: str, expected: str) -> NoReturn:
    message = f"{text!r}: expected {expected}"
    raise argparse.ArgumentTypeError(message)
