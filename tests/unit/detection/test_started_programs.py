import pytest

from oma.detection.started_programs import line_of_started_program
from tests.unit.detection.shapes_of import lines_of

LIST = "    docs\n  ▌ main\n  2/57 ─────────\n> ma"
EDITOR = "text\n^G Help   ^O Write Out\n^X Exit   ^R Read File"


@pytest.mark.parametrize(
    ("screen", "cursor_row", "place"),
    [
        (LIST, 3, 3),
        (LIST, -1, 3),
        (LIST, 0, None),
        ("> ma\n  2/57\n  main", 0, 0),
        ("12/57\nof them are left", 1, None),
        (EDITOR, 0, 1),
        (f"{EDITOR}\nand\nmore", 0, None),
        ('pick 1a mend\n"~/.git/rebase-merge/git-rebase-todo" 24L, 9B', 0, 1),
    ],
)
def test_a_program_for_the_user_is_told_by_the_line_it_owns(screen, cursor_row, place):
    assert line_of_started_program(lines_of(screen), 0, cursor_row) == place
