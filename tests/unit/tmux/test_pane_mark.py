import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.model.layout import Axis, Leaf, Split
from oma.tmux.pane_mark import Mark, PaneRole, parse_mark

TREE = Split(
    Axis.COLUMNS,
    (Leaf("%0", 120, 50), Split(Axis.ROWS, (Leaf("%7", 79, 25), Leaf("%8", 79, 24)), 79, 50)),
    200,
    50,
)
MARKS = [
    Mark("%3", "$4", TREE),
    Mark("%3", None, TREE),
    Mark("%3", "$4"),
    Mark("%3", "%14", TREE),
    Mark("%0", "%5", role=PaneRole.RIGHT),
    Mark("%0", role=PaneRole.RIGHT),
]


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize(
    "program", ["{}", '/bin/sh /x/view.sh look /tmp/s ignore-size "$4" {}', "sh -c x {} t top"]
)
def test_a_mark_says_whose_pane_it_is_and_how_the_window_was(mark, program):
    assert parse_mark(program.format(mark.word())) == mark


@pytest.mark.parametrize("mark", MARKS)
def test_nothing_of_a_mark_is_read_specially(mark):
    assert not set(mark.word()) & set("\"'$#{}[]; \\")


@pytest.mark.parametrize(
    "program",
    [
        *(
            "",
            "sh",
            "oma-tile",
            "oma-tile::1:",
            "xoma-tile:1:2:80x24_0_0_1",
            "oma-tile:1:2x",
            "oma-tile:1:p:",
        ),
        *("oma-left:1::", "oma-right:1:", "oma-right:1::z"),
    ],
)
def test_other_programs_carry_no_mark(program):
    assert parse_mark(program) is None


def test_a_layout_that_cannot_be_read_is_left_out_of_the_mark():
    assert parse_mark("oma-tile:1:2:80x24h") == Mark("%1", "$2", None)


def test_the_first_mark_counts_as_a_name_may_look_like_one():
    assert parse_mark("view oma-right:1:: oma-tile:9:2:80x24_0_0_1") == Mark(
        "%1", role=PaneRole.RIGHT
    )


@given(st.text(max_size=60))
def test_no_program_breaks_the_reader(program):
    parse_mark(program)
