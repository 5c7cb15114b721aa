"""Reads what an agent asks on its screen: the question, what it is about, the answers it offers.

The shape tells where it stands (`oma.detection.dialog_shape`). A numbered list is read wherever it
stands lowest, because the rules of a profile know dialogs whose shape is cut off.
"""

from collections.abc import Sequence
from functools import cache

import attrs

from oma.detection import dialog_options
from oma.detection import line_shapes as shapes
from oma.detection.choice_list import lowest_list
from oma.detection.composer import find_composer
from oma.detection.dialog_shape import is_aside
from oma.detection.logical_lines import FRAME, LogicalLines, logical_lines
from oma.detection.patterns import PatternIndex
from oma.detection.structure import asked_beside
from oma.model.dialog import Dialog, DialogOption

_BORDER = FRAME + " \t"
_RULES = frozenset("─━═▔╌╭┌╔┏├╰└╚┗")
"""Begin a line that parts a dialog from what stands above it."""
_NOTE = "· "
"""Begins a line that tells something beside."""
_CLOSES = "╰└╚┗"
"""Begin the last line of a box."""

SUBJECT_LINES = 12
"""How far above the question the text may begin that says what is to be permitted."""


def read_dialog(lines: Sequence[str], columns: int = 0) -> Dialog | None:
    """Return the dialog that stands lowest on a screen; `None` where no answers stand there.

    Takes time linear in the text.

    Args:
        lines: The rows of the screen, from the top.
        columns: Of the screen: rows that were wrapped are joined; 0 joins none.
    """
    found = logical_lines(tuple(lines), columns, _index().marks_of)
    shape = asked_beside(found, find_composer(found, 0, -1))
    if shape is None and found.marks and found.marks[-1] & shapes.YES_NO:
        shape = asked_beside(found, None)  # what looks like a composer above was sent long ago
    dialog: Dialog | None = None
    if shape is not None:
        start, stop = shape.lines.start, shape.lines.stop
        if not _has_marked_words(found, shape.lines):
            dialog = _numbered(found.texts[start:stop], has_title=True)
        dialog = dialog or _of_shape(found, shape.lines)
        if dialog is not None:
            # Two questions in the same words are not the same one: what stands above tells them apart.
            subject = dialog.subject or _message_above(found, start)
            return attrs.evolve(dialog, subject=subject)
    return _numbered(found.texts)


def _has_marked_words(lines: LogicalLines, within: range) -> bool:
    """Say whether its list has no numbers: then a numbered one is what it is about."""
    choices = lowest_list(lines, within.start, within.stop, has_hints=False)
    if choices is None:
        return False
    marks = lines.marks[choices.first : choices.last + 1]
    return not any(each & shapes.NUMBERED for each in marks)


@cache
def _index() -> PatternIndex:
    return PatternIndex.of(shapes.SHAPES, "oma.detection.dialogs")


def _numbered(texts: Sequence[str], *, has_title: bool = False) -> Dialog | None:
    """Return the dialog of the lowest list that counts from 1."""
    found: list[DialogOption] = []
    first, has_no_dots = 0, False
    for place, text in enumerate(texts):
        option = dialog_options.numbered(text)
        is_bare = option is None
        if option is None:
            goes_on = bool(found) and has_no_dots
            option = dialog_options.bare_numbered(text, has_mark=not goes_on)
        if option is None:
            continue
        if option.key == "1":
            found, first, has_no_dots = [option], place, is_bare
        elif found and option.key.isdigit() and int(option.key) == int(found[-1].key) + 1:
            found.append(option)
    asked = _asked(texts[:first], has_title=has_title)
    return Dialog(*asked, tuple(found)) if found else None


def _message_above(lines: LogicalLines, start: int) -> str:
    """Return the last message above a dialog, from its bullet on."""
    end = start
    while end and lines.marks[end - 1] & (shapes.RULE | shapes.TOP | shapes.WORKING):
        end -= 1
    first = max(0, end - SUBJECT_LINES)
    for place in range(end - 1, first - 1, -1):
        if lines.marks[place] & (shapes.MESSAGE | shapes.PROMPT | shapes.RULE):
            first = place
            break
    texts = (text.strip(_BORDER) for text in lines.texts[first:end])
    return "\n".join(text for text in texts if text and not _is_rule(text))


def _of_shape(lines: LogicalLines, within: range) -> Dialog | None:
    """Return the dialog whose answers have no numbers."""
    choices = lowest_list(lines, within.start, within.stop, has_hints=False)
    if choices is not None:
        alone = choices.first == choices.last
        answers = dialog_options.beside_each_other(lines.texts[choices.first])
        options = answers if alone else dialog_options.unnumbered(lines, choices)
        above = lines.texts[within.start : choices.first]
        return Dialog(*_asked(above, has_title=True), tuple(options))
    for place in within:
        marks, text = lines.marks[place], lines.texts[place]
        above = lines.texts[max(within.start, place - SUBJECT_LINES) : place]
        if marks & shapes.HOTKEYS:
            return Dialog(*_asked(above, has_title=True), tuple(dialog_options.with_hotkeys(text)))
        if marks & shapes.BESIDE:
            beside = dialog_options.beside_each_other(text)
            return Dialog(*_asked(above, has_title=True), tuple(beside))
        if marks & shapes.YES_NO:
            texts = lines.texts[max(0, place - SUBJECT_LINES) : place]
            nearest = next((line for line in reversed(texts) if not line.startswith(_NOTE)), "")
            question = text[: dialog_options.answers_at(text)].strip()
            options = dialog_options.yes_or_no(text)
            return Dialog(question, nearest.strip(_BORDER), tuple(options), takes_text=True)
        if marks & shapes.CONFIRM and len(options := dialog_options.before_hints(text)) > 1:
            return Dialog(*_asked(above, has_title=True), tuple(options))
    return None


def _asked(above: Sequence[str], *, has_title: bool) -> tuple[str, str]:
    """Return the question above the options, and the text that says what it is about.

    The question is the nearest line that ends in a question mark.

    Args:
        above: The lines above the options.
        has_title: They begin with the dialog, so that without a question its title is one; else
            the nearest line is.
    """
    texts = [text.strip(_BORDER) for text in above if not is_aside(text)]
    while texts and (not texts[-1] or _is_rule(texts[-1])):
        texts.pop()
    if not texts:
        return "", ""
    block: list[str] = []
    for text in reversed(texts[-SUBJECT_LINES - 1 :]):
        if _is_rule(text):
            # What is asked about may have a box of its own above the question.
            is_box_next = bool(block) and block[-1].endswith("?") and text[0] in _CLOSES
            if len(block) > 1 and not is_box_next:
                break
        elif text:
            block.append(text)
    otherwise = len(block) - 1 if has_title else 0
    asks = next((place for place, text in enumerate(block) if text.endswith("?")), otherwise)
    question = block.pop(asks)
    return question, "\n".join(reversed(block))


def _is_rule(text: str) -> bool:
    # A command may begin with `--`: of ASCII only a line of nothing else parts.
    return text[:1] in _RULES or (len(text) > 2 and not text.strip("-"))
