"""The screen of one pane, cropped to the terminal that shows it. Pure and total."""

from collections.abc import Iterable

from oma.screen.styled import StyledRows
from oma.tui.cells import Frame, Line, Size, Span, cells, clip, clip_line, span


def pane_frame(
    rows: StyledRows, cursor: tuple[int, int] | None, size: Size, notice: str = ""
) -> Frame:
    """Return what a terminal of this size shows of a pane.

    Where the pane is larger, that is its bottom left, moved as far as its cursor needs.

    Args:
        rows: Of the pane, from its top, without blank ones below the last that shows anything.
        cursor: Column and row in the pane, from 0; `None` where it shows none.
        size: Of the terminal.
        notice: Stands on the last row; hostile text may be in it.
    """
    column, row = (0, len(rows)) if cursor is None else cursor
    top = min(max(0, len(rows) - size.rows), row)
    left = _first_column(column, size.columns)
    lines = [
        _cropped((span(run.text, run.style) for run in each), left, size.columns)
        for each in rows[top : top + size.rows]
    ]
    lines += [()] * (size.rows - len(lines))
    if notice and lines:
        lines[-1] = clip_line([span(f" {notice} ", "question")], size.columns)
    at = (row - top, min(column - left, size.columns - 1))
    is_seen = cursor is not None and 0 <= at[0] < size.rows and at[1] >= 0
    return Frame(size, tuple(lines), at if is_seen else None)


def _first_column(cursor: int, columns: int) -> int:
    """Return which column of the pane is the first; it moves by half a terminal at a time."""
    step = max(1, columns // 2)
    return 0 if cursor < columns else ((cursor - columns) // step + 1) * step


def _cropped(line: Iterable[Span], left: int, columns: int) -> Line:
    return clip_line(_without_start(line, left) if left else line, columns)


def _without_start(line: Iterable[Span], left: int) -> Iterable[Span]:
    """Yield a line without its first cells; half of a wide character is a blank."""
    for part in line:
        if left <= 0:
            yield part
            continue
        start = clip(part.text, left)
        rest = part.text[len(start) :]
        left -= cells(start)
        if not rest:
            continue
        if left > 0:  # a wide character begins before the edge
            yield Span(" " * (cells(rest[0]) - left) + rest[1:], part.style)
            left = 0
        else:
            yield Span(rest, part.style)
