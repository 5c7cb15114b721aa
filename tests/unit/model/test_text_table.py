from hypothesis import given
from hypothesis import strategies as st

from oma.model.text_table import text_table


def test_columns_are_as_wide_as_their_widest_cell_and_lines_end_in_no_space():
    assert text_table([("NAME", "X"), ("a", "long"), ("bc", "")]) == [
        "NAME  X",
        "a     long",
        "bc",
    ]


@given(st.lists(st.tuples(*[st.text("ab", min_size=1)] * 3), min_size=1))
def test_every_cell_begins_in_one_column_of_all_lines(rows):
    lines = text_table(rows)

    for line, row in zip(lines, rows, strict=True):
        assert line.split() == list(row)
    for column in range(3):
        start = sum(max(len(row[before]) for row in rows) + 2 for before in range(column))
        assert all(
            line.startswith(row[column], start) for line, row in zip(lines, rows, strict=True)
        )
