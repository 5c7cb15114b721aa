from hypothesis import given, settings
from hypothesis import strategies as st

from oma.model.layout import Axis, Leaf
from oma.placement.cell_tree import CellPlace, CellSize, join, places
from oma.placement.geometry import arrange, fill, found_columns, limits, room
from oma.placement.policy import Arrangement, Policy


def space(columns=300, rows=100, **policy):
    return room(Leaf("%0", columns, rows), "%0", columns, rows, Policy(**policy))


def test_capacity_counts_borders_in_both_directions():
    assert space(153, 11).capacity == 1
    assert space(152, 11).capacity == 0
    assert space(153, 10).capacity == 0
    assert space(153, 22).capacity == 1
    assert space(153, 23).capacity == 2


def test_the_main_pane_above_a_row_has_a_minimum_height_and_needs_its_width():
    below = Arrangement.HORIZONTAL
    assert space(105, 23, arrangement=below).capacity == 2
    assert space(105, 22, arrangement=below).capacity == 0
    assert space(99, 50, arrangement=below).capacity == 0


def test_a_grid_has_as_many_columns_as_fit_beside_the_main_pane():
    grid = space(265, 23, arrangement=Arrangement.GRID, main_percent=60)
    assert (grid.main_size, grid.most_columns, grid.most_rows) == (159, 2, 2)


def test_no_more_panes_than_the_user_allows():
    assert space(300, 100, most_panes=3).capacity == 3


@settings(max_examples=200)
@given(
    st.integers(20, 500),
    st.integers(5, 200),
    st.builds(
        Policy,
        arrangement=st.sampled_from(Arrangement),
        main_percent=st.integers(20, 80),
        main_min_columns=st.integers(1, 150),
        agent_min_columns=st.integers(1, 90),
        min_rows=st.integers(3, 30),
    ),
    st.data(),
)
def test_whatever_is_within_capacity_fits_exactly(columns, rows, policy, data):
    here = room(Leaf("%0", columns, rows), "%0", columns, rows, policy)
    count = data.draw(st.integers(0, here.capacity))
    joining = [f"%{number}" for number in range(1, count + 1)]

    tree = arrange(fill((), joining, here), here)

    assert (tree.columns, tree.rows) == (columns, rows)
    cells = {place.leaf.pane: place for place in places(tree)}
    assert set(cells) == {"%0", *joining}
    for pane in joining:
        assert cells[pane].leaf.columns >= policy.agent_min_columns
        assert cells[pane].leaf.rows >= policy.min_rows
    if joining:
        assert cells["%0"].leaf.columns >= policy.main_min_columns
        assert cells["%0"].leaf.rows >= policy.min_rows


@given(
    st.lists(st.integers(1, 5), max_size=5),
    st.integers(0, 4),
    st.sampled_from(Arrangement),
)
def test_columns_fill_evenly_and_nobody_is_lost(heights, new, arrangement):
    numbers = iter(range(1, 100))
    columns = tuple(tuple(f"%{next(numbers)}" for _ in range(height)) for height in heights)
    joining = [f"%{next(numbers)}" for _ in range(new)]
    here = space(500, 200, arrangement=arrangement, agent_min_columns=40)

    filled = fill(columns, joining, here)

    assert sorted(p for column in filled for p in column) == sorted(
        [*(p for column in columns for p in column), *joining]
    )
    lengths = [len(column) for column in filled]
    assert not lengths or max(lengths) - min(lengths) <= 1
    assert len(filled) == min(sum(heights) + new, here.most_columns)


def test_a_full_grid_takes_one_more_without_moving_anybody():
    here = space(300, 100, arrangement=Arrangement.GRID)
    assert here.most_columns == 2

    assert fill((("%1", "%3"), ("%2",)), ["%4"], here) == (("%1", "%3"), ("%2", "%4"))


def test_panes_at_the_same_left_edge_are_a_column():
    found = [
        CellPlace(101, 50, Leaf("%3", 99, 50)),
        CellPlace(201, 0, Leaf("%2", 99, 100)),
        CellPlace(101, 0, Leaf("%1", 99, 49)),
    ]

    assert found_columns(found) == (("%1", "%3"), ("%2",))


def test_the_panes_of_the_user_count_with_the_size_that_they_have():
    stacked = join(Axis.ROWS, [Leaf("%0", 300, 10), Leaf("%9", 300, 10)])

    assert room(stacked, "%0", 300, 21, Policy()).capacity == 1
    assert room(stacked, "%0", 300, 20, Policy()).capacity == 0
    of = limits(stacked, "%0", Policy())
    assert of(Leaf("%9", 20, 5)) == CellSize(20, 5)
    assert of(Leaf("%9", 200, 50)) == CellSize(52, 11)
