"""Whether a screen shows a text that was typed: the only proof that it arrived. Pure."""

import unicodedata
from collections.abc import Iterable

PROOF_CHARACTERS = 40
"""The end of the text that has to be seen: a long one scrolls inside the agent's input box."""


def times_shown(screen: Iterable[str] | None, text: str) -> int:
    """Return how often the end of `text` is on the screen, however it is wrapped and framed.

    0 for a text without ink, and for a screen that is not known.
    """
    proof = _ink(text)[-PROOF_CHARACTERS:]
    return _ink("".join(screen)).count(proof) if screen and proof else 0


def _ink(text: str) -> str:
    """Return `text` without blanks and without the lines that boxes are drawn with."""
    return "".join(
        character
        for character in text
        if not character.isspace()
        and not "\u2500" <= character <= "\u257f"
        and unicodedata.category(character) != "Cc"
    )
