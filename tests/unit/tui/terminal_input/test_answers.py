"""Answers of a terminal: the colour of the background is read, everything else is skipped."""

import pytest

from oma.tui.inputs import Background
from oma.tui.terminal_input.answers import read_answer
from oma.tui.terminal_input.piece import Piece


@pytest.mark.parametrize("end", [b"\x07", b"\x1b\\"])
@pytest.mark.parametrize(
    ("colour", "found"),
    [
        (b"rgb:ffff/0000/ffff", Background(1.0, 0.0, 1.0)),
        (b"rgb:ff/00/ff", Background(1.0, 0.0, 1.0)),
        (b"rgb:f/0/f", Background(1.0, 0.0, 1.0)),
        (b"rgba:ffff/0000/ffff/8000", Background(1.0, 0.0, 1.0)),
        (b"#ffffff", None),
        (b"rgb:fffff/0/0", None),
        (b"?", None),
    ],
)
def test_the_colour_of_the_background_is_read_in_each_form(colour, found, end):
    data = b"]11;" + colour + end

    assert read_answer(data, 0) == Piece(len(data), found)


@pytest.mark.parametrize(
    "data", [b"]10;rgb:f/f/f\x07", b"P>|a term\x1b\\", b"_Gi=1;OK\x1b\\", b"]52;c;eA==\x07"]
)
def test_other_answers_are_skipped_whole(data):
    assert read_answer(data, 0) == Piece(len(data))


@pytest.mark.parametrize(
    "data", [b"]", b"]1", b"]11;rgb:f/f/f", b"]11;rgb:f/f/f\x1b", b"P", b"P1$", b"_"]
)
def test_an_answer_without_end_is_waited_for(data):
    assert read_answer(data, 0) is None


@pytest.mark.parametrize(
    ("data", "end"),
    [(b"]x", 2), (b"Pj", 2), (b"_x", 2), (b"]\r", 1), (b"]1\r", 2), (b"]1\x1b[A", 2)],
)
def test_what_cannot_be_an_answer_ends_where_the_next_key_may_begin(data, end):
    assert read_answer(data, 0) == Piece(end)
