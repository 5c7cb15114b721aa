"""The kind of options that are lengths of time with their unit; as those of `oma.config.kinds`."""

from typing import ClassVar

import attrs

_UNITS_S = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


@attrs.frozen
class Length:
    """A length of time: a whole number and its unit."""

    allowed: ClassVar[str] = 'a time such as "90s", "30m", "12h" or "7d"; "0d" is none'

    def accept(self, value: object) -> str | None:
        """Return the text when it is one of at most five digits."""
        if not isinstance(value, str):
            return None
        digits, unit = value[:-1], value[-1:]
        fits = digits.isascii() and digits.isdigit() and len(digits) < 6 and unit in _UNITS_S
        return value if fits else None


def length_s(text: str) -> float:
    """Return the seconds of a text that `Length` accepts."""
    return float(int(text[:-1]) * _UNITS_S[text[-1]])
