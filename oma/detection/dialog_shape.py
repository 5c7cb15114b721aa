"""The shape of a question to the user: choices, a question above them, key hints below them.

No part proves it alone. A list with a mark is a dialog where a question or key hints stand with it;
key hints are one where they name a key that takes an answer; a line that ends in `(y/n)` is one on
the last line. It has to be the last thing on the screen, but for status lines and a pinned panel.
"""

import attrs

from oma.detection import line_shapes as shapes
from oma.detection.choice_list import ChoiceList, indent, lowest_list, offers_answers
from oma.detection.logical_lines import FRAME, LogicalLines
from oma.detection.started_programs import line_of_started_program

_MOST_BELOW = 14
"""Most lines below a list or its hints: a task panel of eight lines may be pinned to the bottom."""

_MOST_LINES = 30
_MOST_GAP_ROWS = 6
"""What is further apart does not belong together."""

_MOST_HEADINGS = 12
"""Most lines between a slash command and the list that it opened: a title, a box to search in."""

_LEAST_ANSWERS = 2
_LONGEST_ANSWER = 50
"""Characters; prose that begins with `Yes` is longer."""

_HINTS_IN_LIST = 3
"""So many lines of a list may stand below its hints."""

_ASIDE_COLUMNS = 40

_OPEN_STEP = ("◆", "▲")

_FRAME = shapes.RULE | shapes.BOTTOM
_MOST_STATUS = 4
"""Most lines below the edge of a dialog, the edge included."""

_GOES_ON = shapes.MESSAGE | shapes.SLASH | shapes.TAKEN
"""Below a list: it was answered."""
_NOT_STATUS = shapes.MESSAGE | shapes.PROMPT | shapes.RULE | shapes.TOP
_NOT_OF_IT = shapes.RULE | shapes.TOP | shapes.MESSAGE | shapes.PROMPT | shapes.WORKING


@attrs.frozen
class DialogShape:
    """Where it stands, by places among the logical lines."""

    lines: range
    evidence: int
    """The line that tells it best: the question, where there is one."""
    was_opened: bool
    """The user's own slash command stands right above it: the user opened it, and is not asked."""


def find_dialog(
    lines: LogicalLines, floor: int, end: int, cursor_row: int = -1
) -> DialogShape | None:
    """Return the lowest question among the lines from `floor` to `end`; `None` without one.

    Args:
        lines: Of a screen.
        floor: The first line to look at.
        end: The line behind the last.
        cursor_row: From 0; -1 where it is not known.
    """
    lowest = max(floor, end - _MOST_BELOW)
    step = _open_step(lines, floor, end) or _started_program(lines, floor, cursor_row)
    if step is not None:
        return step
    hints = _hints(lines, lowest, end)
    first = max(floor, lowest - _MOST_LINES)
    choices = lowest_list(lines, first, end, has_hints=hints is not None)
    listed = None
    if choices is not None and choices.last >= lowest:
        listed = _of_list(lines, choices, hints, floor, end)
    return listed or _without_list(lines, floor, end, hints, cursor_row)


def _of_list(
    lines: LogicalLines, choices: ChoiceList, hints: int | None, floor: int, end: int
) -> DialogShape | None:
    if any(marks & _GOES_ON for marks in lines.marks[choices.last + 1 : end]):
        return None
    start = _start(lines, choices.first, floor)
    question = _question(lines, start, choices.first)
    if hints is not None and hints < max(start, choices.last - _HINTS_IN_LIST, 0):
        hints = hints if hints >= start else None
    if hints is None and not _asks_without_hints(lines, choices, question):
        return None
    last = max(choices.last, choices.last if hints is None else hints)
    evidence = choices.chosen if question is None else question
    was_opened = not offers_answers(lines, choices) and _was_opened(lines, start)
    return DialogShape(range(start, last + 1), evidence, was_opened)


def _open_step(lines: LogicalLines, floor: int, end: int) -> DialogShape | None:
    """Return the step of a line of steps that takes its answer: `◆` before it, `│` below, `└` at the end."""
    last = end - 1
    if last <= floor or lines.texts[last].strip() != "└":
        return None
    start = last - 1
    while start > floor and lines.texts[start].lstrip()[:1] == "│":
        start -= 1
    if start == last - 1 or lines.texts[start].lstrip()[:1] not in _OPEN_STEP:
        return None
    return DialogShape(range(start, last), start, was_opened=False)


def _started_program(lines: LogicalLines, floor: int, cursor_row: int) -> DialogShape | None:
    place = line_of_started_program(lines, floor, cursor_row)
    if place is None:
        return None
    return DialogShape(range(place, place + 1), place, _was_opened(lines, place))


def keys_beside(lines: LogicalLines, start: int, end: int) -> DialogShape | None:
    """Return the line with keys that answer, right above a composer or below it; `None` without one.

    Args:
        lines: Of a screen.
        start: The composer's first line.
        end: Behind its last.
    """
    below = range(end, len(lines.rows))
    place = next((index for index in below if lines.marks[index] & shapes.HOTKEYS), None)
    above = start - 1
    if place is None and above >= 0 and lines.marks[above] & shapes.HOTKEYS:
        place = above if lines.rows[start] == lines.last_rows[above] + 1 else None
    return None if place is None else DialogShape(range(place, place + 1), place, was_opened=False)


def _hints(lines: LogicalLines, lowest: int, end: int) -> int | None:
    """Return the lowest line of key hints."""
    if not lines.every & (shapes.CONFIRM | shapes.DISMISS):
        return None
    for index in range(end - 1, lowest - 1, -1):
        marks = lines.marks[index]
        if marks & shapes.CONFIRM:
            return index
        if marks & shapes.DISMISS and not marks & (shapes.WORKING | shapes.VIEW):
            return index
    return None


def _asks_without_hints(lines: LogicalLines, choices: ChoiceList, question: int | None) -> bool:
    marks, text = lines.marks[choices.chosen], lines.texts[choices.chosen]
    if not marks & shapes.CHOSEN:
        return False
    is_framed = text.lstrip()[:1] in FRAME
    if question is None:
        if offers_answers(lines, choices) and choices.last - choices.first > 1:
            return True
        is_titled = (
            lines.texts[choices.first - 1].rstrip().endswith(":") if choices.first else False
        )
        if is_framed and marks & shapes.BESIDE and choices.first == choices.last:
            return True
        is_sure = is_framed or is_titled or (indent(text) > 0 and choices.last > choices.first)
        return is_sure and bool(marks & shapes.NUMBERED)
    if marks & shapes.NUMBERED or indent(text) > 1 or offers_answers(lines, choices):
        return True
    if any(lines.marks[i] & shapes.HOTKEY_END for i in range(choices.first, choices.last + 1)):
        return True
    # A message of the user looks like such a list; a question right above tells.
    return choices.first - question == 1


def _without_list(
    lines: LogicalLines, floor: int, end: int, hints: int | None, cursor_row: int
) -> DialogShape | None:
    asking = _asking_line(lines, floor, end)
    if asking is not None:
        if not lines.marks[asking] & (shapes.YES_NO | shapes.SECRET):
            return _around(lines, asking, floor)
        if _was_answered(lines, asking, cursor_row):
            return None
        return DialogShape(range(asking, asking + 1), asking, was_opened=False)
    if hints is not None and _was_opened(lines, _start(lines, hints, floor)):
        return _around(lines, hints, floor)
    if hints is None or not lines.marks[hints] & shapes.CONFIRM:
        return _answers_alone(lines, floor, end) or _login_elsewhere(lines, floor, end)
    return _around(lines, hints, floor) if _ends_with(lines, hints, end) else None


def _ends_with(lines: LogicalLines, hints: int, end: int) -> bool:
    """Say whether nothing but a frame follows hints, or an edge and a few status lines: prose quotes hints, too."""
    below = [lines.marks[i] for i in range(hints + 1, end) if not is_aside(lines.texts[i])]
    if all(marks & _FRAME for marks in below):
        return True
    is_closed = bool(below[0] & _FRAME) and len(below) <= _MOST_STATUS
    return is_closed and not any(marks & _NOT_STATUS for marks in below[1:])


def is_aside(text: str) -> bool:
    """Say whether a line of a box is empty but for what stands in a column to its right."""
    boxed = text.lstrip()
    within = boxed[1:]
    return boxed[:1] in FRAME and len(within) - len(within.lstrip()) >= _ASIDE_COLUMNS


def _asking_line(lines: LogicalLines, floor: int, end: int) -> int | None:
    """Return the lowest line that offers answers itself, or asks for what is to be typed behind it."""
    if not lines.every & (shapes.HOTKEYS | shapes.BESIDE | shapes.YES_NO | shapes.SECRET):
        return None
    for index in range(end - 1, max(floor, end - _MOST_BELOW) - 1, -1):
        marks = lines.marks[index]
        if marks & shapes.HOTKEYS or (marks & shapes.BESIDE and _is_asked(lines, index, floor)):
            return index
        if marks & (shapes.YES_NO | shapes.SECRET) and index >= _last_words(lines):
            return index
        if marks & shapes.MESSAGE:
            break
    return None


def _is_asked(lines: LogicalLines, index: int, floor: int) -> bool:
    return _question(lines, _start(lines, index, floor), index) is not None


def _answers_alone(lines: LogicalLines, floor: int, end: int) -> DialogShape | None:
    """Return a question whose answers stand below each other at the end, told by their words: a colour marks one."""
    first = end
    while first > floor and lines.marks[first - 1] & shapes.ANSWER:
        if first < end and indent(lines.texts[first - 1]) != indent(lines.texts[first]):
            break
        first -= 1
    above = first - 1
    if end - first < _LEAST_ANSWERS or above < floor or not lines.marks[above] & shapes.QUESTION:
        return None
    if any(len(text.strip()) > _LONGEST_ANSWER for text in lines.texts[first:end]):
        return None
    return DialogShape(range(_start(lines, above, floor), end), above, was_opened=False)


def _login_elsewhere(lines: LogicalLines, floor: int, end: int) -> DialogShape | None:
    """Return the line that sends the user to a browser, where nothing but hints follows it."""
    if not lines.every & shapes.BROWSER:
        return None
    for index in range(end - 1, max(floor, end - _MOST_BELOW) - 1, -1):
        marks = lines.marks[index]
        if marks & shapes.BROWSER:
            return _around(lines, index, floor)
        if marks & (shapes.MESSAGE | shapes.PROMPT | shapes.LINE_PROMPT):
            return None
    return None


def _was_answered(lines: LogicalLines, index: int, cursor_row: int) -> bool:
    """Say whether an answer stands behind `(y/n)` on the last line, and the cursor has left it."""
    if index < len(lines.rows) - 1:
        return False
    return cursor_row > lines.last_rows[index] and lines.texts[index].rstrip()[-1:].isalnum()


def _last_words(lines: LogicalLines) -> int:
    """Return the last line, or the one above where that is a prompt."""
    last = len(lines.rows) - 1
    return last - 1 if last and lines.marks[last] & shapes.LINE_PROMPT else last


def _around(lines: LogicalLines, index: int, floor: int) -> DialogShape:
    start = _start(lines, index, floor)
    question = _question(lines, start, index)
    evidence = index if question is None else question
    asks = lines.marks[index] & (shapes.HOTKEYS | shapes.BESIDE | shapes.BROWSER)
    return DialogShape(range(start, index + 1), evidence, not asks and _was_opened(lines, start))


def _start(lines: LogicalLines, first: int, floor: int) -> int:
    """Return where it begins: below an edge, a message, or what the user typed."""
    start = first
    is_framed = lines.texts[first].lstrip()[:1] in FRAME
    while start > max(floor, first - _MOST_LINES) and not lines.marks[start - 1] & _NOT_OF_IT:
        if lines.rows[start] - lines.last_rows[start - 1] > _MOST_GAP_ROWS:
            break
        if is_framed and lines.texts[start - 1].lstrip()[:1] not in FRAME:
            break
        start -= 1
    return start


def _question(lines: LogicalLines, start: int, first: int) -> int | None:
    for index in range(first - 1, start - 1, -1):
        if lines.marks[index] & shapes.QUESTION:
            return index
    return None


def _was_opened(lines: LogicalLines, start: int) -> bool:
    """Say whether nothing but headings and boxes parts it from a slash command of the user."""
    for index in range(start - 1, max(-1, start - 1 - _MOST_HEADINGS), -1):
        marks = lines.marks[index]
        if marks & shapes.PROMPT:
            return bool(marks & shapes.SLASH)
        if marks & (shapes.MESSAGE | shapes.WORKING | shapes.QUESTION):
            return False
    return False
