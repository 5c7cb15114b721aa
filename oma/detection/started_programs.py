"""Programs that an agent starts in its pane for the user: a list to search in, an editor, a pager. They take the place of all it shows."""

from oma.detection import line_shapes as shapes
from oma.detection.logical_lines import LogicalLines

_EDITOR_LINES = 2
"""An editor tells its keys in so many lines at the bottom."""


def line_of_started_program(lines: LogicalLines, floor: int, cursor_row: int) -> int | None:
    """Return the line that tells of such a program; `None` without one.

    Of a list it is the line in which one searches: how many fit, `3/57`, stands beside it.

    Args:
        lines: Of a screen.
        floor: The first line to look at.
        cursor_row: From 0; -1 where it is not known.
    """
    if not lines.every & (shapes.EDITOR | shapes.COUNT):
        return None
    last = len(lines.rows) - 1
    for index in range(last, max(floor, last + 1 - _EDITOR_LINES) - 1, -1):
        if lines.marks[index] & shapes.EDITOR:
            return index
    for count in range(last, floor - 1, -1):
        if not lines.marks[count] & shapes.COUNT:
            continue
        for index in (count + 1, count - 1):
            if floor <= index <= last and _takes_search(lines, index, cursor_row):
                return index
    return None


def may_be_searched_in(text: str) -> bool:
    """Say whether a prompt stands in a line before what one searches for."""
    return "❯" in text or "›" in text or ">" in text or ":" in text


def _takes_search(lines: LogicalLines, index: int, cursor_row: int) -> bool:
    if lines.rows[index] <= cursor_row <= lines.last_rows[index]:
        return may_be_searched_in(lines.texts[index])
    return cursor_row < 0 and bool(lines.marks[index] & shapes.PROMPT)
