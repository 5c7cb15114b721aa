from hypothesis import given
from hypothesis import strategies as st

from oma.bench.marker import CLEAR, Marker, find, paint

MARKERS = st.builds(
    Marker,
    st.integers(min_value=0, max_value=10**9 - 1),
    st.integers(min_value=0, max_value=10**20 - 1),
)


@given(st.lists(MARKERS, max_size=5))
def test_what_panes_write_is_found_in_order(markers):
    assert find("".join(paint(marker).decode() for marker in markers)) == markers


@given(MARKERS)
def test_a_marker_that_is_not_whole_is_none(marker):
    assert find(paint(marker).decode().partition(";")[0]) == []


def test_recovery_shows_no_failure():
    assert find(CLEAR.decode()) == []
