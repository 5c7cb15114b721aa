import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.detection.shapes_of import lines_of


def texts(text, columns):
    return lines_of(text, columns).texts


@pytest.mark.parametrize(
    ("columns", "rows", "joined"),
    [
        (
            20,
            "Enter to select ·\nTab/Arrow keys to\nnavigate · Esc to\ncancel",
            ["Enter to select · Tab/Arrow keys to navigate · Esc to cancel"],
        ),
        (48, "Enter to select · ↑/↓ to navigate · Esc to\ncancel", None),
        (20, "│ Do you want to   │\n│ go on?           │", ["│ Do you want to go on?"]),
        (10, "0123456789\nabc", ["0123456789abc"]),
        (20, "❯ 1. A long option\n  2. Another option", ["❯ 1. A long option", "  2. Another option"]),
        (20, "● The first message\n● The second one", ["● The first message", "● The second one"]),
        (40, "a short line\nand another one", ["a short line", "and another one"]),
        (0, "0123456789\nabc", ["0123456789", "abc"]),
    ],
)  # fmt: skip
def test_rows_that_were_wrapped_are_one_line(columns, rows, joined):
    expected = joined or [" ".join(rows.split("\n"))]

    assert texts(rows, columns) == expected


def test_blank_rows_and_empty_frames_are_no_lines():
    lines = lines_of("one\n\n   \n│          │\n┃\ntwo")

    assert (lines.texts, lines.rows, lines.last_rows) == (["one", "two"], [0, 5], [0, 5])


def test_a_scrollbar_is_no_text():
    assert texts("Which one?           │\n                     █\n  1. this            █", 0) == [
        "Which one?",
        "  1. this",
    ]


@pytest.mark.parametrize("bar", "│█▐▄▁▇▀")
def test_the_end_of_a_scrollbar_fills_no_row(bar):
    rows = f"┃ again please{' ' * 26}▂\n  ⎢ Error: Please wait a moment{' ' * 9}{bar}\n  ⎣ before trying again."

    assert texts(rows, 41) == [
        "┃ again please",
        "  ⎢ Error: Please wait a moment",
        "  ⎣ before trying again.",
    ]


def test_a_joined_line_has_the_marks_of_its_whole_text_and_knows_its_rows():
    lines = lines_of("Press enter to\nconfirm or esc to\ncancel", 18)

    assert (lines.rows, lines.last_rows) == ([0], [2])
    assert lines.marks == lines_of("Press enter to confirm or esc to cancel").marks


def test_the_last_line_can_be_taken_away():
    lines = lines_of("one\ntwo")
    lines.drop_last()

    assert (lines.rows, lines.last_rows, lines.texts, len(lines.marks)) == ([0], [0], ["one"], 1)


@given(st.lists(st.text(max_size=30), max_size=12), st.integers(0, 40))
def test_every_row_with_text_belongs_to_one_line_whatever_is_on_the_screen(rows, columns):
    lines = lines_of("\n".join([""] + [row.replace("\n", "") for row in rows]), columns)

    assert all(a <= b for a, b in zip(lines.rows, lines.last_rows, strict=True))
    assert all(a < b for a, b in zip(lines.last_rows, lines.rows[1:], strict=False))


def test_the_prompt_of_a_shell_goes_on_with_no_line():
    rows = "Resume with: larch --resume=0123abcd\nuser@machine:~/demo$"

    assert texts(rows, 42) == rows.split("\n")
