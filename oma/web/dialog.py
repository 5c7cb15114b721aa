"""The digits that the dialog on an agent's screen offers."""

from collections.abc import Iterable

_FRAME = " \t│┃|❯>›▸→*●○"
"""What may stand before a choice: the dialog's border, the mark of the selected one."""

LAST_ROWS = 30
"""A dialog is at the bottom of the screen."""


def answers(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the digits of the choices, in order; of the lowest list that counts from 1.

    A choice is a line such as `❯ 2. Yes, always`. Takes time linear in the text.
    """
    found: tuple[str, ...] = ()
    for line in lines:
        text = line.lstrip(_FRAME)
        if not (text[:1].isascii() and text[:1].isdigit() and text[1:2] in {".", ")"}):
            continue
        if not (text[2:3].isspace() and text[2:].strip()):
            continue
        if text[0] == "1":
            found = ("1",)
        elif found and int(text[0]) == int(found[-1]) + 1:
            found += (text[0],)
    return found
