"""Lists of choices: lines that begin at one column, one of them with a mark before it.

The mark may be a sign (`❯ Yes`), a filled circle among empty ones, or a colour that a text does not
show; numbers help where it is a colour. An option may go on in deeper lines, with its description.
Several short options may also stand beside each other: `❯ Accept    Decline`.
"""

import attrs

from oma.detection import line_shapes as shapes
from oma.detection.logical_lines import FRAME, LogicalLines

_MOST_BETWEEN = 5
"""Most lines between two options: a description of so many was seen."""

_MOST_GAP_ROWS = 2
"""Unnumbered options are not further apart than that; prose below a prompt sign is."""

_RADIO = frozenset("○◯☐◻□")
_DOT = "·"
"""Stands in place of the mark before numbered options that are not chosen."""

_FILLED = frozenset("●◉◆")
_BLANK_FRAME = str.maketrans(dict.fromkeys(FRAME, " "))


@attrs.frozen
class ChoiceList:
    """The lines of a list, by their places among the logical lines."""

    first: int
    last: int
    chosen: int
    """The one with the mark; the first where colours tell it."""


def inside(text: str) -> str:
    """Return a line with blanks in place of its frame."""
    return text.translate(_BLANK_FRAME)


def indent(text: str) -> int:
    """Return how many columns a line has before its text, those of a frame included."""
    bare = text.translate(_BLANK_FRAME)
    return len(bare) - len(bare.lstrip())


def lowest_list(
    lines: LogicalLines, start: int, end: int, *, has_hints: bool
) -> ChoiceList | None:
    """Return the lowest list among the lines from `start` to `end`.

    Args:
        lines: Of a screen.
        start: The first line that may belong to it.
        end: The line behind the last.
        has_hints: Key hints stand there; without them a list needs a mark.
    """
    marked = _marked_list(lines, start, end)
    unmarked = _unmarked_list(lines, start, end) if has_hints else None
    if marked is None or (unmarked is not None and unmarked.last > marked.last):
        return unmarked
    return marked


def _marked_list(lines: LogicalLines, start: int, end: int) -> ChoiceList | None:
    if not lines.every & shapes.CHOSEN:
        return None
    for index in range(end - 1, start - 1, -1):
        marks = lines.marks[index]
        if marks & shapes.SLASH and indent(lines.texts[index]) < 1:
            return None  # the user typed it
        if marks & shapes.CHOSEN:
            found = list_around(lines, index, start, end)
            if found is not None:
                return found
            if is_answer(lines, index) or _is_horizontal(lines.texts[index]):
                return ChoiceList(index, index, index)
        if marks & shapes.MESSAGE or (marks & shapes.PROMPT and indent(lines.texts[index]) < 2):
            return None
    return None


def is_answer(lines: LogicalLines, index: int) -> bool:
    """Say whether a numbered option with a mark is one though it stands alone.

    It does where the rest of its list is cut off: in a frame, or right below a question.
    """
    if not lines.marks[index] & shapes.NUMBERED:
        return False
    if lines.texts[index].lstrip()[:1] in FRAME:
        return True
    return is_below_question(lines, index)


def is_below_question(lines: LogicalLines, index: int) -> bool:
    """Say whether a question stands in the row above a line."""
    if not index or not lines.marks[index - 1] & shapes.QUESTION:
        return False
    return lines.rows[index] == lines.last_rows[index - 1] + 1


def offers_answers(lines: LogicalLines, choices: ChoiceList) -> bool:
    """Say whether the options are answers by their words: the chosen one and another begin with `Yes`, `Deny` and so on."""
    marks = lines.marks[choices.first : choices.last + 1]
    if not lines.marks[choices.chosen] & shapes.ANSWER:
        return False
    return sum(bool(each & shapes.ANSWER) for each in marks) > 1


def list_around(lines: LogicalLines, chosen: int, start: int, end: int) -> ChoiceList | None:
    """Return the list in which the line `chosen` has the mark; `None` if it stands alone."""
    text = inside(lines.texts[chosen])
    mark = len(text) - len(text.lstrip())
    label = mark + 1
    while label < len(text) and text[label] == " ":
        label += 1
    is_numbered = bool(lines.marks[chosen] & shapes.NUMBERED)
    # Messages begin with a filled circle, too, and go on under their text.
    is_radio = text[mark : mark + 1] in _FILLED and not is_numbered
    is_bare = is_numbered and text[label + 1 : label + 2] == " "
    look = _Look(mark, label, is_numbered=is_numbered, is_radio=is_radio, is_bare=is_bare)
    first = _walk(lines, chosen, range(chosen - 1, start - 1, -1), look)
    last = _walk(lines, chosen, range(chosen + 1, end), look)
    if not is_numbered:
        first = _first_of_block(lines, first, chosen, last)
    return ChoiceList(first, last, chosen) if first != last else None


def _first_of_block(lines: LogicalLines, first: int, chosen: int, last: int) -> int:
    """Return where a list begins below what it is about: a line alone above the blank row above several."""
    top = chosen
    while top > first and _gap_rows(lines, top - 1, top) == 1:
        top -= 1
    above = top - 1
    is_alone = above == first or (above > first and _gap_rows(lines, above - 1, above) > 1)
    has_gaps = any(_gap_rows(lines, i, i + 1) > 1 for i in range(chosen, last))
    return top if top > first and is_alone and last > top and not has_gaps else first


@attrs.frozen
class _Look:
    """What the options of one list have in common."""

    mark_column: int
    label_column: int
    is_numbered: bool
    is_radio: bool
    is_bare: bool = False
    """No dot follows the numbers."""

    def fits(self, text: str, marks: int) -> bool:
        """Say whether a line is an option of it."""
        bare = inside(text)
        column = len(bare) - len(bare.lstrip())
        if self.is_numbered and not marks & shapes.NUMBERED:
            if not self.is_bare or column != self.label_column:
                return False
            return bare[column].isdigit() and bare[column + 1 : column + 2] == " "
        if column == self.mark_column:
            sign = bare[column : column + 1]
            return sign in _RADIO or (self.is_numbered and sign == _DOT)
        return column == self.label_column and not self.is_radio


def _walk(lines: LogicalLines, chosen: int, way: range, look: _Look) -> int:
    """Return the furthest option on the way from the chosen one."""
    furthest, between = chosen, 0
    for index in way:
        marks, text = lines.marks[index], lines.texts[index]
        if not look.is_numbered and _gap_rows(lines, index, index - way.step) > _MOST_GAP_ROWS:
            break
        if look.fits(text, marks):
            furthest, between = index, 0
            continue
        if marks & (shapes.MESSAGE | shapes.TOP | shapes.BOTTOM):
            break
        if not look.is_numbered if marks & shapes.RULE else indent(text) <= look.mark_column:
            break
        between += 1
        if between == _MOST_BETWEEN:
            break
    return furthest


def _gap_rows(lines: LogicalLines, one: int, other: int) -> int:
    upper, lower = min(one, other), max(one, other)
    return lines.rows[lower] - lines.last_rows[upper]


def _unmarked_list(lines: LogicalLines, start: int, end: int) -> ChoiceList | None:
    last = end - 1
    while last >= start and not lines.marks[last] & shapes.NUMBERED:
        last -= 1
    if last < start:
        return None
    first, column = last, indent(lines.texts[last])
    for index in range(last - 1, start - 1, -1):
        marks, deep = lines.marks[index], indent(lines.texts[index])
        if marks & (shapes.RULE | shapes.TOP) or deep < column:
            break
        if marks & shapes.NUMBERED and deep == column:
            first = index
    return ChoiceList(first, last, first) if first != last else None


def _is_horizontal(text: str) -> bool:
    words = [word for word in inside(text).strip().split("  ") if word]
    return 2 <= len(words) <= 5 and all(len(word) <= 24 for word in words)
