import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.bench.figures import Spread, ratio, spread

VALUES = st.lists(st.floats(min_value=0, max_value=1e9), min_size=1, max_size=300)


def test_nothing_measured_has_no_spread():
    assert spread([]) is None


def test_of_a_hundred_values_each_percentile_is_the_value_of_its_rank():
    assert spread([float(n) for n in range(100, 0, -1)]) == Spread(100, 1, 50, 90, 99, 100)


@given(VALUES)
def test_every_figure_is_a_measured_value_and_they_ascend(values):
    found = spread(values)
    figures = [found.min, found.p50, found.p90, found.p99, found.max]
    assert figures == sorted(figures)
    assert set(figures) <= set(values)
    assert (found.count, found.min, found.max) == (len(values), min(values), max(values))


@given(VALUES, st.sampled_from([("p50", 50), ("p90", 90), ("p99", 99)]))
def test_a_percentile_is_not_exceeded_by_so_many_of_the_values(values, named):
    name, percent = named
    limit = getattr(spread(values), name)
    assert 100 * sum(value <= limit for value in values) >= percent * len(values)


@pytest.mark.parametrize(
    ("value", "reference", "expected"),
    [(6.0, 2.0, 3.0), (None, 2.0, None), (6.0, None, None), (6.0, 0.0, None)],
)
def test_a_ratio_is_only_told_where_it_says_something(value, reference, expected):
    assert ratio(value, reference) == expected
