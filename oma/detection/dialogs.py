"""Reads the dialog on an agent's screen: its question, what it is about, its numbered options."""

from collections.abc import Sequence

from oma.model.dialog import Dialog, DialogOption

_FRAME = " \t│┃|"
_CHOSEN = "❯>›▸→"
_BULLETS = "*●○"
"""What may stand before an option: the dialog's border, the mark of the chosen one, a bullet."""

_RULES = frozenset("─━═▔╌╭┌╔┏├╰└╚┗")
"""Begin a line that parts a dialog from what stands above it."""

SUBJECT_LINES = 12
"""How far above the question the text may begin that says what is to be permitted."""


def read_dialog(lines: Sequence[str]) -> Dialog | None:
    """Return the dialog that stands lowest on a screen; `None` where no list counts from 1.

    An option is a line such as `❯ 2. Yes, always`. Takes time linear in the text.
    """
    found: list[DialogOption] = []
    first = 0
    for row, line in enumerate(lines):
        option = _option(line)
        if option is None:
            continue
        if option.key == "1":
            found, first = [option], row
        elif found and int(option.key) == int(found[-1].key) + 1:
            found.append(option)
    if not found:
        return None
    question, subject = _asked(lines[:first])
    return Dialog(question, subject, tuple(found))


def _option(line: str) -> DialogOption | None:
    inside = line.strip(_FRAME)
    text = inside.lstrip(_FRAME + _CHOSEN + _BULLETS)
    if not (text[:1].isascii() and text[:1].isdigit() and text[1:2] in {".", ")"}):
        return None
    if not (text[2:3].isspace() and text[2:].strip()):
        return None
    return DialogOption(text[0], " ".join(text[2:].split()), inside[:1] in set(_CHOSEN))


def _asked(above: Sequence[str]) -> tuple[str, str]:
    """Return the question that stands nearest above the options, and the text above that."""
    texts = [line.strip(_FRAME) for line in above]
    while texts and (not texts[-1] or _is_rule(texts[-1])):
        texts.pop()
    if not texts:
        return "", ""
    question = texts.pop()
    subject: list[str] = []
    for text in reversed(texts[-SUBJECT_LINES:]):
        if _is_rule(text):
            # What is asked about may have a box of its own above the question.
            if subject:
                break
        elif text:
            subject.append(text)
    return question, "\n".join(reversed(subject))


def _is_rule(text: str) -> bool:
    # A command may begin with `--`: of ASCII only a line of nothing else parts.
    return text[:1] in _RULES or (len(text) > 2 and not text.strip("-"))
