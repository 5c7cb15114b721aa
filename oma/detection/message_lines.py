"""Messages: which lines of a screen belong to what an agent tells at one of them."""

from collections.abc import Callable, Iterator, Sequence

from oma.detection import line_shapes as shapes
from oma.detection.error_families import names_limit
from oma.detection.scope import MarkedScreen
from oma.detection.structure import Place

MESSAGE_LINES = 5
"""So many lines of a message are read, the one that is asked about included."""

_ABOVE = 12
"""So far above a dialog its message may begin."""


def message_rows(screen: MarkedScreen, row: int) -> tuple[int, ...]:
    """Return `row` and those below it that belong to the same part of the screen; none if no line is there."""
    if row not in screen.rows:
        return ()
    first = screen.rows.index(row)
    end = first + 1
    while end < min(len(screen.rows), first + MESSAGE_LINES):
        if screen.places[end] is not screen.places[first]:
            break
        end += 1
    return tuple(screen.rows[first:end])


def dialog_rows(screen: MarkedScreen) -> tuple[int, ...]:
    """Return the rows of the dialog; none where no dialog stands."""
    if Place.DIALOG not in screen.places:
        return ()
    return tuple(
        row for row, place in zip(screen.rows, screen.places, strict=True) if place is Place.DIALOG
    )


def limit_lines(
    screen: MarkedScreen, dialog: Sequence[int], text: Callable[[int], str]
) -> tuple[str, ...]:
    """Return the lines of a dialog that names a limit, and of the message above it; none of another.

    Args:
        screen: With the dialog.
        dialog: Its rows.
        text: Gives the line at a row.
    """
    lines = tuple(map(text, dialog))
    if not any(map(names_limit, lines)):
        return ()
    return lines + tuple(map(text, rows_above(screen, dialog[0])))


def rows_above(screen: MarkedScreen, row: int) -> tuple[int, ...]:
    """Return the rows of the last message above the dialog that begins at `row`, from the top."""
    return tuple(reversed(tuple(_upwards(screen, screen.rows.index(row)))))


def _upwards(screen: MarkedScreen, start: int) -> Iterator[int]:
    for index in range(start - 1, max(-1, start - 1 - _ABOVE), -1):
        marks = screen.marks[index]
        if marks & shapes.PROMPT:
            return
        if not marks & (shapes.RULE | shapes.TOP):
            yield screen.rows[index]
        if marks & shapes.MESSAGE:
            return
