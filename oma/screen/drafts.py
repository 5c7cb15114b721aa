"""Reads the text that stands in an agent's composer and was not sent.

Told only where the screen leaves no doubt: a prompt sign between two rules, and behind it text in
the terminal's own colour. What an agent suggests there itself is dim or coloured.
"""

from collections.abc import Iterable, Sequence

from oma.screen.styled import StyledText

_SIGNS = ("❯", "›", ">")
_FRAME = " │┃|"
_RULES = frozenset("─━═╭╰┌└")

LINES = 40
"""The longest composer that is read, in rows."""


def read_draft(rows: Sequence[Sequence[StyledText]]) -> str:
    """Return the draft in the lowest composer of a screen; empty where none is sure."""
    below: int | None = None
    for at in range(len(rows) - 1, -1, -1):
        if not _is_rule(rows[at]):
            continue
        if below is not None and 1 < below - at <= LINES + 1:
            draft = _draft(rows[at + 1 : below])
            if draft is not None:
                return draft
        below = at
    return ""


def _draft(rows: Sequence[Sequence[StyledText]]) -> str | None:
    """Return the text in the rows between two rules; `None` if they are no composer."""
    sign, _, _ = _text(rows[0]).strip(_FRAME).partition(" ")
    if sign not in _SIGNS:
        return None
    own = [_text(run for run in row if _is_typed(run)).strip(_FRAME) for row in rows]
    own[0] = own[0].removeprefix(sign)
    return "\n".join(own).strip()


def _is_typed(run: StyledText) -> bool:
    return not run.style.dim and run.style.foreground is None


def _is_rule(row: Sequence[StyledText]) -> bool:
    text = _text(row).strip()
    return len(text) > 2 and text[0] in _RULES and text[1] in _RULES


def _text(runs: Iterable[StyledText]) -> str:
    return "".join(run.text for run in runs)
