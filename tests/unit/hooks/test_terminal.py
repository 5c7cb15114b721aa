import pytest

from oma.hooks.terminal import ProcessStat, parse_stat


@pytest.mark.parametrize(
    ("text", "stat"),
    [
        ("801 (bash) S 700 801 801 34817 801 4194304", ProcessStat(700, "/dev/pts/1")),
        ("801 (a) b (c) S 700 801 801 34816 0", ProcessStat(700, "/dev/pts/0")),
        # 136 << 8 | low 8 bits of 1000 | its high bits << 12
        ("9 (x) R 8 9 9 3180776 9", ProcessStat(8, "/dev/pts/1000")),
        ("9 (x) R 8 9 9 35072 9", ProcessStat(8, "/dev/pts/256")),
        ("1 (init) S 0 1 1 0 -1", ProcessStat(0, None)),
        # a console, and a serial line
        ("9 (x) R 8 9 9 1025 9", ProcessStat(8, None)),
        ("9 (x) R 8 9 9 1088 9", ProcessStat(8, None)),
    ],
)
def test_parent_and_terminal_are_read_whatever_the_name_of_the_program(text, stat):
    assert parse_stat(text) == stat


@pytest.mark.parametrize("text", ["", "801 bash S 700", "801 (bash) S 700 801", "1 (x) S a b c d"])
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        parse_stat(text)
