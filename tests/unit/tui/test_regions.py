"""How the screen is divided."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.tui.cells import Size
from oma.tui.regions import DIVIDER_COLUMNS, SCROLLBAR_COLUMNS, ListNeeds, divide


def needs(agents, headings=0):
    return ListNeeds(agents, headings, enough_columns=90, most_columns=140, screen_columns=200)


@pytest.mark.parametrize(
    ("columns", "rows", "agents", "listed", "detail_rows"),
    [
        (80, 24, 6, 6, 14),
        (80, 24, 20, 9, 11),
        (80, 24, 0, 8, 13),
        (120, 24, 0, 5, 16),
        (40, 10, 6, 3, 5),
        (40, 6, 6, 4, None),
        (152, 50, 6, 6, 40),
        (153, 50, 6, 6, 48),
        (200, 50, 30, 30, 48),
        (200, 50, 60, 46, 47),
    ],
)
def test_there_is_room_for_list_and_detail(columns, rows, agents, listed, detail_rows):
    found = divide(Size(columns, rows), needs(agents))

    assert (found.detail.rows if found.detail else None) == detail_rows
    assert found.list.rows == listed


def test_list_and_screen_stand_side_by_side_where_that_takes_nothing_from_the_list():
    beside = {width: divide(Size(width, 50), needs(9)).detail_column for width in range(20, 400)}

    assert [width for width, column in beside.items() if column] == [*range(153, 400)]


@pytest.mark.parametrize(
    ("width", "listed", "detail"),
    [(153, 90, 60), (200, 90, 107), (293, 90, 200), (303, 100, 200), (400, 140, 257)],
)
def test_the_detail_gets_a_whole_screen_and_then_the_list_all_that_it_can_use(
    width, listed, detail
):
    found = divide(Size(width, 50), needs(9))

    assert (found.list.columns, found.detail.columns) == (listed, detail)


@given(
    st.integers(1, 400),
    st.integers(1, 120),
    st.builds(
        ListNeeds,
        st.integers(0, 200),
        st.integers(0, 50),
        st.integers(10, 200),
        st.integers(200, 300),
        st.integers(0, 300),
    ),
)
def test_no_part_reaches_over_the_screen_or_another_part(columns, rows, wanted):
    found = divide(Size(columns, rows), wanted)

    assert found.list.columns <= columns
    assert found.list.rows >= 0
    used = found.titles + found.list.rows
    if found.detail is None:
        assert 1 + used + found.transitions <= max(2, rows) - 1 + (rows < 2)
    elif found.detail_column:
        assert found.detail_column + found.detail.columns == columns
        assert used + found.recent_rows == found.detail.rows == rows - 2 - found.transitions
        assert not (found.recent_rows and found.transitions)
    else:
        assert used + found.detail.rows + found.transitions == rows - 2


def test_a_list_that_scrolls_has_room_for_its_bar_beside_all_its_columns():
    few, many = (
        divide(Size(200, 20), ListNeeds(agents, enough_columns=100, most_columns=110))
        for agents in (5, 50)
    )

    assert (few.list.columns, many.list.columns) == (110, 110 + SCROLLBAR_COLUMNS)
    assert many.list.columns + many.detail.columns == 200 - DIVIDER_COLUMNS


def test_a_cell_belongs_to_a_row_of_the_list():
    found = divide(Size(200, 50), needs(6))

    assert [found.list_row(row, 5) for row in (0, 1, 2, 7, 8)] == [None, None, 0, 5, None]
    assert found.list_row(2, 150) is None
    assert divide(Size(80, 24), needs(6)).list_row(7, 79) == 5
    assert divide(Size(40, 10), needs(6)).list_row(1, 0) == 0


def test_headings_take_room_of_their_own():
    assert divide(Size(200, 50), needs(6, headings=4)).recent_rows == 48 - 1 - 6 - 4
    assert divide(Size(80, 24), needs(3, headings=2)).list.rows == 5
