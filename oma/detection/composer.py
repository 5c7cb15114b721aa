"""The composer: where the user types. A prompt sign between two rules, in a box, or bare.

It is looked for from the bottom up, because above it the conversation may hold anything, messages of
the user with the same sign among it. What stands below it are status lines, and few.
"""

import attrs

from oma.detection import line_shapes as shapes
from oma.detection.choice_list import (
    indent,
    inside,
    is_answer,
    is_below_question,
    list_around,
    offers_answers,
)
from oma.detection.logical_lines import LogicalLines
from oma.detection.started_programs import line_of_started_program

_MOST_STATUS = 16
"""Most lines below a composer between rules; nine were seen, and rules may be among them."""

_MOST_BARE_STATUS = 5
_MOST_DRAFT = 40
_LIST_REACH = 12

_SHELL_SIGN = "!"
"""Stands for the prompt sign where a command of the shell is typed. Between rules alone: git says `! [rejected]`."""

_NO_STATUS = shapes.MESSAGE | shapes.CONFIRM | shapes.ASKS
_NO_BARE_STATUS = (
    shapes.MESSAGE
    | shapes.CONFIRM
    | shapes.DISMISS
    | shapes.YES_NO
    | shapes.SECRET
    | shapes.HOTKEYS
    | shapes.BESIDE
    | shapes.BROWSER
    | shapes.NUMBERED
    | shapes.TOP
    | shapes.BOTTOM
)


@attrs.frozen
class Composer:
    """Where it stands, by places among the logical lines."""

    lines: range
    """With its draft, without its rules; empty where there is neither sign nor draft."""
    start: int
    """The first line that is part of it, a rule where it has one."""
    end: int
    """Behind its last line: what follows are status lines."""
    is_cursor_line: bool = False
    """It is the last line, with the cursor in it: a shell's prompt is no other."""


def find_composer(lines: LogicalLines, floor: int, cursor_row: int) -> Composer | None:
    """Return the composer; `None` where none stands, or something else took its place.

    Args:
        lines: Of a screen.
        floor: The first line to look at.
        cursor_row: From 0.
    """
    if (
        _awaits_answer(lines, cursor_row)
        or line_of_started_program(lines, floor, cursor_row) is not None
    ):
        return None
    return (
        _at_cursor(lines, cursor_row)
        or _between_rules(lines, floor, cursor_row)
        or _bare(lines, floor)
    )


def _awaits_answer(lines: LogicalLines, cursor_row: int) -> bool:
    """Say whether what is typed on the last line answers it, or, at a prompt there, the line above it."""
    asks = shapes.YES_NO | shapes.SECRET
    has_cursor = bool(lines.rows) and lines.rows[-1] <= cursor_row <= lines.last_rows[-1]
    if has_cursor and lines.marks[-1] & asks and not lines.marks[-1] & shapes.PROMPT:
        return True
    if len(lines.rows) < 2 or not lines.marks[-1] & shapes.LINE_PROMPT:
        return False
    return bool(lines.marks[-2] & asks)


def _at_cursor(lines: LogicalLines, cursor_row: int) -> Composer | None:
    last = len(lines.rows) - 1
    if last < 0 or not lines.rows[last] <= cursor_row <= lines.last_rows[last]:
        return None
    marks = lines.marks[last]
    if not marks & shapes.LINE_PROMPT or marks & (shapes.YES_NO | shapes.SECRET):
        return None
    return Composer(range(last, last + 1), last, last + 1, is_cursor_line=True)


def _between_rules(lines: LogicalLines, floor: int, cursor_row: int) -> Composer | None:
    count = len(lines.rows)
    for lower in range(count - 1, max(floor, count - _MOST_STATUS - 1) - 1, -1):
        marks = lines.marks[lower]
        if marks & (shapes.RULE | shapes.BOTTOM):
            upper = _upper_edge(lines, lower, floor)
            if upper is None:
                continue
            within = range(upper + 1, lower)
            above_row = lines.last_rows[upper] if upper >= 0 else -1
            has_cursor = above_row < cursor_row < lines.rows[lower]
            is_bar = lines.texts[lower].lstrip()[:1] == "╹"
            is_empty_box = bool(marks & shapes.BOTTOM) and not within
            if _is_composer(lines, within, is_sure=has_cursor or is_bar or is_empty_box):
                return Composer(within, max(upper, 0), lower + 1)
            return None
        refused = _NO_STATUS & ~shapes.MESSAGE if lower == count - 1 else _NO_STATUS
        if marks & refused or _is_in_list(lines, lower):
            return None
    return None


def _upper_edge(lines: LogicalLines, lower: int, floor: int) -> int | None:
    if lines.texts[lower].lstrip()[:1] == "╹":  # a box of which only the left side is drawn
        upper = lower - 1
        while upper >= floor and lines.texts[upper].lstrip()[:1] == "┃":
            upper -= 1
        return upper
    edges = shapes.TOP if lines.marks[lower] & shapes.BOTTOM else shapes.RULE
    for upper in range(lower - 1, max(floor, lower - _MOST_DRAFT) - 1, -1):
        if lines.marks[upper] & edges:
            return upper
    return None


def _is_composer(lines: LogicalLines, within: range, *, is_sure: bool) -> bool:
    if not within:
        return is_sure
    first = lines.marks[within.start]
    if first & shapes.PROMPT:
        if not first & shapes.NUMBERED or not _is_in_list(lines, within.start):
            return True
        return _is_numbered_draft(lines, within)
    if inside(lines.texts[within.start]).split(maxsplit=1)[:1] == [_SHELL_SIGN]:
        return True
    marks = 0
    for index in within:
        marks |= lines.marks[index]
    return is_sure and not marks & (shapes.CONFIRM | shapes.NUMBERED | shapes.DISMISS)


def _is_numbered_draft(lines: LogicalLines, within: range) -> bool:
    """Say whether a list between two rules is typed: no question stands in it, and status lines below it."""
    if indent(lines.texts[within.start]) or within.stop + 1 >= len(lines.rows):
        return False
    if any(lines.marks[index] & shapes.QUESTION for index in within):
        return False
    below = lines.marks[within.stop + 1 :]
    hints = shapes.NUMBERED | shapes.CONFIRM | shapes.DISMISS | shapes.MOVE
    return within.start > 0 and not any(marks & hints for marks in below)


def _bare(lines: LogicalLines, floor: int) -> Composer | None:
    count = len(lines.rows)
    for index in range(count - 1, max(floor, count - _MOST_DRAFT) - 1, -1):
        marks = lines.marks[index]
        if marks & shapes.PROMPT:
            if indent(lines.texts[index]) > 1 or _is_in_list(lines, index):
                return None
            end = _end_of_draft(lines, index)
            if count - end > _MOST_BARE_STATUS:
                return None
            return Composer(range(index, end), index, end)
        if marks & _NO_BARE_STATUS and not _is_typed_question(lines, index):
            return None
    return None


def _is_typed_question(lines: LogicalLines, index: int) -> bool:
    """Say whether a line that ends in `(y/n)` belongs to a draft of several lines."""
    if lines.marks[index] & _NO_BARE_STATUS != shapes.YES_NO or index == len(lines.rows) - 1:
        return False
    above = index
    while above and indent(lines.texts[above]) >= 2:
        if lines.rows[above] != lines.last_rows[above - 1] + 1:
            return False
        above -= 1
    return above < index and bool(lines.marks[above] & shapes.PROMPT)


def _end_of_draft(lines: LogicalLines, index: int) -> int:
    """Return the line behind a draft: it goes on in the rows below, under its text."""
    end = index + 1
    while end < len(lines.rows) and lines.rows[end] == lines.last_rows[end - 1] + 1:
        if indent(lines.texts[end]) < 2:
            break
        end += 1
    return end


def _is_in_list(lines: LogicalLines, index: int) -> bool:
    """Say whether a line is the chosen one of a list, and no text that a user typed."""
    marks = lines.marks[index]
    if not marks & shapes.CHOSEN:
        return False
    start, end = max(0, index - _LIST_REACH), min(len(lines.rows), index + _LIST_REACH)
    is_typed = not marks & shapes.NUMBERED and indent(lines.texts[index]) < 1
    if is_typed and not is_below_question(lines, index):
        # What a user typed goes on in the next row as if it were a list: words tell.
        if not marks & shapes.ANSWER:
            return False
        found = list_around(lines, index, start, end)
        return found is not None and offers_answers(lines, found)
    found = list_around(lines, index, start, end)
    return found is not None or is_answer(lines, index)
