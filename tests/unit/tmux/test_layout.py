import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.errors import ProtocolError
from oma.tmux.layout import PaneSize, _checksum, parse_layout


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
