"""Masking: what may change on a screen although nothing happens (numbers, durations, spinners).

A count of tokens stays as it is: it grows only while a model answers.
"""

import functools
import re

# Glyphs that agents animate or blink; they vanish, because a blinking one is a blank in between.
_GLYPHS = re.compile("[⠀-⣿✢✳✶✻✽·•◦*●○◉⏺■□⬝⬞▖-▟▀-▐░▒▓◐-◓◴-◷]+")
_ASCII_SPINNER = frozenset("|/\\-")
# Linear: where it starts it matches, and what it gives back is one run of digits.
_NUMBER = re.compile(r"(?:\d+[hm] ?)*\d[\d.,:]*(?:k? tokens\b|ms\b|[smhdk]\b)?", re.ASCII)


@functools.lru_cache(maxsize=512)
def mask(line: str) -> str:
    """Return `line` with `#` for each number, and without spinner glyphs and extra blanks.

    Total and idempotent; equal results mean that nothing but time passed between two lines.
    """
    words = (line if line.isascii() else _GLYPHS.sub(" ", line)).split()
    if not _ASCII_SPINNER.isdisjoint(words):
        words = [word for word in words if word not in _ASCII_SPINNER]
    return _NUMBER.sub(_masked, " ".join(words))


def token_count(line: str) -> str:
    """Return the word before ` tokens` in `line`; empty if there is none. Total."""
    before, found, _ = line.partition(" tokens")
    return before.rpartition(" ")[2] if found else ""


def _masked(number: re.Match[str]) -> str:
    text = number.group()
    return text if text.endswith("tokens") else "#"
