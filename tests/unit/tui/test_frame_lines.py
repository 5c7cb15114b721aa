"""Lines of a frame as plain values, and back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.screen.styled import TextStyle
from oma.tui.cells import Frame, Size, Span, clip_line, span
from oma.tui.frame_lines import decode_frame, encode_lines
from oma.tui.themes import DARK
from tests.support.strategies import texts

SIZE = Size(20, 4)
COLOURS = st.none() | st.integers(0, 255)
STYLES = st.sampled_from(sorted(DARK.styles)) | st.builds(
    TextStyle, foreground=COLOURS, background=COLOURS, bold=st.booleans(), reverse=st.booleans()
)
LINES = st.lists(st.builds(span, texts(), STYLES).filter(lambda part: part.text), max_size=4).map(
    lambda parts: clip_line(parts, SIZE.columns)
)


@given(st.lists(LINES, min_size=SIZE.rows, max_size=SIZE.rows))
def test_a_frame_is_the_same_after_its_way_through_json(lines):
    frame = Frame(SIZE, tuple(lines))

    assert decode_frame(json.loads(json.dumps(encode_lines(lines))), SIZE) == frame


def test_for_a_terminal_of_another_size_it_is_cut_or_filled():
    lines = encode_lines([(Span("one two"),), (Span("three"),)])

    assert decode_frame(lines, Size(3, 1)) == Frame(Size(3, 1), ((Span("one"),),))
    assert decode_frame(lines, Size(9, 3)).lines[2] == ()


def test_what_a_terminal_could_obey_is_dropped():
    (line,) = decode_frame([[["a\x1b[2Jb", "text"]]], Size(9, 1)).lines

    assert "\x1b" not in line[0].text


@pytest.mark.parametrize(
    "lines",
    [None, {}, [1], [[1]], [[["a"]]], [[[1, "text"]]], [[["a", "no style"]]], [[["a", ["x"]]]],
     [[["a", [1] * 99]]], [[["a", None]]], [[["a", {}]]]],
)  # fmt: skip
def test_nothing_else_is_a_frame(lines):
    with pytest.raises(ValueError, match="no lines of a frame"):
        decode_frame(lines, SIZE)
