import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.errors import ProtocolError
from oma.model.layout import Axis, Leaf, Split
from oma.tmux.layout_strings import (
    PaneSize,
    _checksum,
    leaves,
    parse_cells,
    parse_layout,
    parse_tree,
    render_tree,
)


def signed(cells):
    return f"{_checksum(cells):04x},{cells}"


def test_a_window_of_one_pane():
    assert parse_layout("b25d,80x24,0,0,0") == (PaneSize("%0", 80, 24),)


def test_panes_in_panes_in_the_order_of_the_layout():
    layout = "0f09,80x24,0,0{40x24,0,0[40x12,0,0,0,40x11,0,13,3],39x24,41,0,2}"

    assert parse_layout(layout) == (
        PaneSize("%0", 40, 12),
        PaneSize("%3", 40, 11),
        PaneSize("%2", 39, 24),
    )


def test_a_pane_may_stand_left_of_the_window():
    assert parse_layout(signed("80x24,-3,-1,5")) == (PaneSize("%5", 80, 24),)


@pytest.mark.parametrize(
    "cells",
    [
        "",
        "80x24,0,0",
        "80x24,0,0{}",
        "80x24,0,0{40x24,0,0,1",
        "80x24,0,0{40x24,0,0,1]",
        "80x24,0,0[40x24,0,0,1}",
        "80x24,0,0,1}",
        "80x24,0,0,1,",
        "80x24,0,0,1,80x24,0,0,2",
        "80x24,0,0{40x24,0,0,1,}",
        "80x24,0,0{40x24,0,0,1}x",
        "80x24,0,0,1x",
        "x24,0,0,1",
        "٣x24,0,0,1",
        "80x24,0,0," + "1" * 10,
    ],
)
def test_a_malformed_layout_is_refused_although_its_checksum_is_right(cells):
    with pytest.raises(ProtocolError, match=r"not a layout \((cell|nesting)\)"):
        parse_layout(signed(cells))


@pytest.mark.parametrize("text", ["", "b25d", "b25e,80x24,0,0,0", "B25D,80x24,0,0,0", "\ud800,"])
def test_a_wrong_checksum_is_refused(text):
    with pytest.raises(ProtocolError, match="checksum"):
        parse_layout(text)


@given(st.text(alphabet="0123456789x,{}[]- ", max_size=40))
def test_no_other_error_leaves_the_parser(cells):
    try:
        assert parse_layout(signed(cells))
    except ProtocolError:
        return


def test_depth_costs_no_stack():
    depth = 20_000
    cells = "9x9,0,0{" * depth + "9x9,0,0,1" + "}" * depth

    assert parse_layout(signed(cells)) == (PaneSize("%1", 9, 9),)


NESTED = Split(
    Axis.COLUMNS,
    (Leaf("%0", 40, 24), Split(Axis.ROWS, (Leaf("%3", 39, 12), Leaf("%2", 39, 11)), 39, 24)),
    80,
    24,
)


def test_a_tree_keeps_how_its_cells_lie():
    text = signed("80x24,0,0{40x24,0,0,0,39x24,41,0[39x12,41,0,3,39x11,41,13,2]}")

    assert parse_tree(text) == NESTED
    assert render_tree(NESTED) == text
    assert parse_cells(text.partition(",")[2]) == NESTED
    assert [leaf.pane for leaf in leaves(NESTED)] == ["%0", "%3", "%2"]


def test_a_pane_without_a_number_is_written_as_none_that_there_could_be():
    assert render_tree(Leaf("%new", 80, 24)) == "b25d,80x24,0,0,0"
