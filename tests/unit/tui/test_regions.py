"""How the screen is divided."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.tui.cells import Size
from oma.tui.regions import CARD_ROWS, divide


@pytest.mark.parametrize(
    ("columns", "rows", "agents", "listed", "detail_rows", "agent_rows"),
    [
        (80, 24, 6, 6, 15, 1),
        (80, 24, 20, 9, 12, 1),
        (80, 24, 0, 5, 16, 1),
        (40, 10, 6, 3, 5, 1),
        (40, 6, 6, 4, None, 1),
        (200, 50, 6, 11, 48, CARD_ROWS),
        (200, 50, 30, 48, 48, 1),
    ],
)
def test_there_is_room_for_list_and_detail(columns, rows, agents, listed, detail_rows, agent_rows):
    found = divide(Size(columns, rows), agents)

    assert found.agent_rows == agent_rows
    assert (found.detail.rows if found.detail else None) == detail_rows
    assert found.listed == listed or found.recent_rows


@given(st.integers(1, 400), st.integers(1, 120), st.integers(0, 200), st.integers(0, 50))
def test_no_part_reaches_over_the_screen_or_another_part(columns, rows, agents, headings):
    found = divide(Size(columns, rows), agents, headings)

    assert found.list.columns <= columns
    assert found.list.rows >= 0
    if found.detail is None:
        assert 1 + found.list.rows + found.transitions <= max(2, rows) - 1 + (rows < 2)
    elif found.detail_column:
        assert found.detail_column + found.detail.columns == columns
        assert found.list.rows + found.recent_rows == found.detail.rows == rows - 2
    else:
        assert found.list.rows + found.detail.rows + found.transitions == rows - 2


def test_a_cell_belongs_to_a_row_of_the_list():
    found = divide(Size(200, 50), 6)

    assert [found.list_row(row, 5) for row in (0, 1, 4, 5)] == [None, 0, 3, 4]
    assert found.list_row(1, 150) is None
    assert divide(Size(80, 24), 6).list_row(6, 79) == 5
    assert divide(Size(80, 24), 6).list_row(7, 0) is None


def test_headings_take_room_of_their_own():
    assert divide(Size(200, 50), 12).agent_rows == CARD_ROWS
    assert divide(Size(200, 50), 12, headings=1).agent_rows == 1
    assert divide(Size(200, 50), 6, headings=4).recent_rows == 48 - 6 * CARD_ROWS - 4
    assert divide(Size(80, 24), 3, headings=2).list.rows == 5
