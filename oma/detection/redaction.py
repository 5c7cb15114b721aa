r"""Redaction: a screen without what is private in it, of the same shape, to be shown to others.

What is kept is what rules look for: the shape of every line, and the words that patterns spell. Every
other letter is replaced, and every digit but those of an option, a duration, a date and a time of day.

>>> redaction = Redaction.of((), ["esc to interrupt"])
>>> redaction.line("✻ Fixing parser.py… (12s · 4711 bytes · esc to interrupt)")
'✻ Xxxxxx xxxxxx.xx… (12s · 0000 xxxxx · esc to interrupt)'
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable

import attrs

from oma.detection.endings import ENDING_PATTERNS
from oma.detection.error_families import FAMILY_PATTERNS
from oma.detection.line_shapes import SHAPES
from oma.detection.patterns import PatternSet
from oma.detection.profile import Profile, pattern_sets

# All of these are linear: where they start they match, and they give nothing back.
_ESCAPE = re.compile(r"\\[A-Za-z](?:\{[^}]*\})?|\\.")
_WORD = re.compile(r"[^\W_]+")
_OPTION = re.compile(r"[^\w]{0,8}\d{1,2}[.)\]]")
_TIME = re.compile(
    r"(?<![\w.,:/-])(?:\d{4}-\d\d-\d\d|\d{1,2}(?::\d{2}){1,2}(?: ?[ap]m)?|\d{1,2} ?[ap]m"
    r"|(?:\d{1,3} ?(?:[dhms]|days?|hours?|minutes?|min|seconds?|sec) ?){1,4})(?![\w.,:/-]*\d)(?!\w)",
    re.ASCII | re.IGNORECASE,
)
_STATUS_CODES = frozenset({"401", "403", "429", "500", "502", "503", "504", "529"})
"""Of HTTP: failures are told by them."""

_ZERO_WIDTH = frozenset({"Mn", "Me", "Mc", "Cf"})
_DIGITS = "0123456789"
_UNITS = frozenset({"k", "m", "g", "kb", "mb", "gb", "ms", "s", "h", "d"})
_SIGN_STYLE = "\ufe0f"
"""Makes an emoji of the sign before it: shapes look for it."""


@attrs.frozen
class Redaction:
    """What is kept of a text that is shown to others.

    Args:
        words: Those that are kept, in lower case.
    """

    words: frozenset[str]

    @classmethod
    def of(cls, profiles: Iterable[Profile], phrases: Iterable[str] = ()) -> "Redaction":
        """Return the redaction that keeps the words of `profiles`, of shapes and of failures.

        Args:
            profiles: The words that their patterns spell are kept.
            phrases: Others that are looked for: phrases or patterns.
        """
        sets: list[PatternSet] = [*SHAPES, *FAMILY_PATTERNS.values(), *ENDING_PATTERNS]
        for profile in profiles:
            sets += [profile.title, profile.screen, profile.chatter, profile.tool]
            sets += [profile.argv, profile.headless]
            sets += [patterns for rule in profile.every_rule for patterns in pattern_sets(rule)]
        sources = {source for patterns in sets for source in patterns.sources}
        return cls(_STATUS_CODES.union(*map(_spelt, (*sources, *phrases))))

    def line(self, text: str) -> str:
        """Return `text` with as many columns, masked. Total and idempotent."""
        text = _visible(text)
        kept = [found.span() for found in _TIME.finditer(text)]
        starts = [start for start, _ in kept]
        option = _OPTION.match(text)
        option_end = 0 if option is None else option.end()
        pieces, end = [], 0
        for found in _WORD.finditer(text):
            start, stop = found.span()
            pieces.append(text[end:start])
            word = found.group()
            before = bisect_right(starts, start) - 1
            is_kept = stop <= option_end or (before >= 0 and stop <= kept[before][1])
            pieces.append(word if is_kept else self._word(word))
            end = stop
        return "".join((*pieces, text[end:]))

    def _word(self, word: str) -> str:
        if word.lower() in self.words:
            return word
        number = word.rstrip(_DIGITS)  # of a version, `v2`, or an amount, `12k`
        unit = word.lstrip(_DIGITS)
        if number.lower() in self.words:
            return number + "0" * (len(word) - len(number))
        if unit.lower() in _UNITS or unit.lower() in self.words:
            return "0" * (len(word) - len(unit)) + unit
        return "".join(map(_masked, word))

    def lines(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Return every text as `line` does."""
        return tuple(map(self.line, texts))


def _spelt(source: str) -> frozenset[str]:
    words = _WORD.findall(_ESCAPE.sub(" ", source).lower())
    return frozenset(word for word in words if word.isalpha())


def _visible(text: str) -> str:
    """Return `text` without what takes no column."""
    if text.isascii():
        return text
    return "".join(
        sign
        for sign in text
        if sign == _SIGN_STYLE or unicodedata.category(sign) not in _ZERO_WIDTH
    )


def _masked(sign: str) -> str:
    if unicodedata.east_asian_width(sign) in {"W", "F"}:
        return "\uff58"  # as wide
    if sign.isdecimal():
        return "0"
    return "X" if sign.isupper() else "x"
