from hypothesis import given
from hypothesis import strategies as st

from oma.model.layout import Axis, Leaf, Split
from oma.placement.cell_tree import (
    CellSize,
    evenly,
    fit,
    join,
    least,
    panes,
    places,
    prune,
    share,
    with_title_row,
    without_title_row,
)
from oma.placement.facts import TitleRow

A, B, C = Leaf("%1", 40, 24), Leaf("%2", 39, 12), Leaf("%3", 39, 11)
TREE = Split(Axis.COLUMNS, (A, Split(Axis.ROWS, (B, C), 39, 24)), 80, 24)


def small(leaf):
    return CellSize(min(leaf.columns, 5), min(leaf.rows, 2))


def consistent(cell):
    if isinstance(cell, Leaf):
        return cell.columns > 0 and cell.rows > 0
    borders = len(cell.children) - 1
    if cell.axis is Axis.COLUMNS:
        along = sum(c.columns for c in cell.children) + borders == cell.columns
        across = {c.rows for c in cell.children} == {cell.rows}
    else:
        along = sum(c.rows for c in cell.children) + borders == cell.rows
        across = {c.columns for c in cell.children} == {cell.columns}
    return along and across and all(map(consistent, cell.children))


@st.composite
def trees(draw, columns=None, rows=None, numbers=None):
    numbers = numbers if numbers is not None else iter(range(100))
    columns = columns or draw(st.integers(8, 120))
    rows = rows or draw(st.integers(8, 60))
    axis = draw(st.sampled_from(Axis))
    size = columns if axis is Axis.COLUMNS else rows
    if size < 9 or draw(st.integers(0, 2)) == 0:
        return Leaf(f"%{next(numbers)}", columns, rows)
    first = draw(st.integers(4, size - 5))
    parts = [(first, rows), (columns - first - 1, rows)]
    if axis is Axis.ROWS:
        parts = [(columns, first), (columns, rows - first - 1)]
    return join(axis, [draw(trees(c, r, numbers)) for c, r in parts])


def test_every_pane_has_its_place():
    assert [(p.leaf.pane, p.left, p.top) for p in places(TREE)] == [
        ("%1", 0, 0),
        ("%2", 41, 0),
        ("%3", 41, 13),
    ]


def test_a_pruned_tree_is_smaller_by_what_went():
    assert prune(TREE, {"%2"}) == Split(Axis.COLUMNS, (A, Leaf("%3", 39, 11)), 80, 24)
    assert prune(TREE, {"%2", "%3"}) == A
    assert prune(TREE, {"%1", "%2", "%3"}) is None


def test_the_least_size_counts_the_borders():
    assert least(TREE, small) == CellSize(5 + 1 + 5, 2 + 1 + 2)


@given(trees(), st.integers(60, 200), st.integers(40, 100))
def test_a_fitted_tree_has_the_size_and_the_panes_in_their_order(tree, columns, rows):
    fitted = fit(tree, columns, rows, small)

    low = least(tree, small)
    assert (fitted.columns, fitted.rows) == (columns, rows)
    assert panes(fitted) == panes(tree)
    if low.columns <= columns and low.rows <= rows:
        assert consistent(fitted)
        assert all(
            p.leaf.columns >= small(old.leaf).columns and p.leaf.rows >= small(old.leaf).rows
            for p, old in zip(places(fitted), places(tree), strict=True)
        )


@given(trees())
def test_a_tree_that_fits_stays_as_it_is(tree):
    assert fit(tree, tree.columns, tree.rows, small) is tree


@given(trees(), st.sampled_from(TitleRow))
def test_titles_take_a_row_of_the_panes_at_their_edge_and_nothing_else(tree, title_row):
    net = without_title_row(tree, title_row)

    edge = {TitleRow.OFF: None, TitleRow.TOP: 0, TitleRow.BOTTOM: tree.rows}[title_row]
    for old, new in zip(places(tree), places(net), strict=True):
        at_edge = edge == (old.top if title_row is TitleRow.TOP else old.top + old.leaf.rows)
        assert old.leaf.rows - new.leaf.rows == at_edge
        assert old.leaf.columns == new.leaf.columns
    assert with_title_row(net, title_row) == tree


@given(st.integers(1, 200), st.integers(1, 12))
def test_even_parts_differ_by_one_at_most_and_lose_nothing(total, count):
    parts = evenly(total, count)

    assert sum(parts) == total
    assert max(parts) - min(parts) <= 1


@given(
    st.lists(st.tuples(st.integers(1, 90), st.integers(1, 30)), min_size=1, max_size=6), st.data()
)
def test_shares_add_up_and_respect_the_minimums_where_they_can(parts, data):
    weights, minimums = zip(*parts, strict=True)
    total = data.draw(st.integers(len(parts), 400))

    shares = share(total, weights, minimums)

    assert sum(shares) == total
    assert min(shares) >= 1
    if sum(minimums) <= total:
        assert all(part >= low for part, low in zip(shares, minimums, strict=True))
