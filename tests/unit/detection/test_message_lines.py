"""Which lines belong to a message, and which to a dialog and what stands above it."""

from oma.detection import line_shapes as shapes
from oma.detection.message_lines import (
    MESSAGE_LINES,
    dialog_rows,
    limit_lines,
    message_rows,
    rows_above,
)
from oma.detection.scope import MarkedScreen
from oma.detection.structure import Place


def screen(*lines):
    """Return a screen of places and marks; every line is two rows high."""
    count = len(lines)
    return MarkedScreen(
        rows=list(range(0, 2 * count, 2)),
        last_rows=list(range(1, 2 * count, 2)),
        marks=[marks for _, marks in lines],
        places=[place for place, _ in lines],
        title=0,
        cursor_row=0,
    )


TALK, ASKS = Place.CONVERSATION, Place.DIALOG
MESSAGE = (TALK, shapes.MESSAGE)
TEXT = (TALK, 0)


def test_a_message_goes_on_in_its_part_of_the_screen_and_no_further_than_some_lines():
    shown = screen(TEXT, MESSAGE, TEXT, (ASKS, 0))
    assert message_rows(shown, 2) == (2, 4)
    assert message_rows(shown, 3) == ()
    assert len(message_rows(screen(*[TEXT] * 9), 0)) == MESSAGE_LINES


def test_a_dialog_has_its_rows_and_the_last_message_above_it():
    shown = screen(MESSAGE, MESSAGE, TEXT, (TALK, shapes.RULE), (ASKS, 0), (ASKS, 0))

    assert dialog_rows(shown) == (8, 10)
    assert rows_above(shown, 8) == (2, 4)


def test_what_the_user_typed_ends_what_stands_above_a_dialog():
    shown = screen(MESSAGE, (TALK, shapes.PROMPT), (ASKS, 0))

    assert rows_above(shown, 4) == ()
    assert dialog_rows(screen(TEXT)) == ()


def test_a_dialog_that_names_a_limit_has_its_lines_and_the_message_above_it():
    shown = screen(MESSAGE, (ASKS, 0), (ASKS, 0))
    texts = {0: "● resets 3pm", 2: "What now?", 4: "1. Wait for limit to reset"}

    told = limit_lines(shown, dialog_rows(shown), texts.__getitem__)
    assert told == ("What now?", "1. Wait for limit to reset", "● resets 3pm")

    texts[4] = "1. Yes"
    assert limit_lines(shown, dialog_rows(shown), texts.__getitem__) == ()
