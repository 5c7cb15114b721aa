import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.errors import ProtocolError
from oma.model.layout import Axis, Leaf, Split
from oma.tmux.invocation import ServerAddress
from oma.tmux.tiling import (
    CHANGED,
    Mark,
    NewPane,
    TilingRow,
    change,
    list_tiling,
    list_tiling_argv,
    mark,
    parse_tiling,
    take_keys_argv,
    watch_borders,
)

TREE = Split(
    Axis.COLUMNS,
    (Leaf("%0", 120, 50), Split(Axis.ROWS, (Leaf("%7", 79, 25), Leaf("%8", 79, 24)), 79, 50)),
    200,
    50,
)
SEEN = TilingRow("$0", "@0", "abcd,200x50,0,0,0", "200x50", False, "off", "%0", True, False, None)


def row(*fields):
    whole = ["$0", "@0", "abcd,200x50,0,0,0", "200x50", "0", "off", "", "", "%0", "1", "0", "sh"]
    return "\t".join([*whole[: 12 - len(fields)], *fields])


def test_a_mark_says_whose_pane_it_is_and_how_the_window_was():
    word = mark("%3", "$4", TREE)

    (found,) = parse_tiling([row(f'/bin/sh /x/view.sh look /tmp/s ignore-size "$4" {word}')])

    assert found.mark == Mark("%3", "$4", TREE)
    assert not set(word) & set("\"'$#{}[]; \\")


def test_a_program_of_the_person_shows_no_session():
    (found,) = parse_tiling([row(f"/bin/sh -c x {mark('%3', None, TREE)} title top"), ""][:1])

    assert (found.mark.main, found.mark.session) == ("%3", None)


@pytest.mark.parametrize(
    ("bars", "style", "columns"),
    [
        ("", "", 0),
        ("off", "bg=black,fg=white,width=1,pad=0", 0),
        ("modal", "bg=black,fg=white,width=3,pad=2", 0),
        ("on", "bg=black,fg=white,width=1,pad=0", 1),
        ("on", "width=3 pad=2", 5),
        ("on", "bg=red", 1),
        ("on", "width=#{x}", 1),
    ],
)
def test_a_scrollbar_that_is_always_there_takes_columns(bars, style, columns):
    (found,) = parse_tiling([row(bars, style, "%0", "1", "0", "sh")])

    assert found.bar_columns == columns


@pytest.mark.parametrize(
    "program", ["", "sh", "oma-tile", "oma-tile::1:", "xoma-tile:1:2:80x24_0_0_1", "oma-tile:1:2x"]
)
def test_other_programs_carry_no_mark(program):
    assert parse_tiling([row(program)])[0].mark is None


def test_a_layout_that_cannot_be_read_is_left_out_of_the_mark():
    assert parse_tiling([row("oma-tile:1:2:80x24h")])[0].mark == Mark("%1", "$2", None)


def test_a_line_of_other_fields_is_refused():
    with pytest.raises(ProtocolError, match="12 fields expected, not 2"):
        parse_tiling(["$0\t@0"])


@given(st.text(max_size=60))
def test_no_program_breaks_the_reader(program):
    program = program.replace("\t", " ").replace("\n", " ")
    assert len(parse_tiling([row(program)])) == 1


def test_the_question_is_one_line_of_tabs():
    assert "\n" not in list_tiling()
    assert list_tiling().startswith("list-panes -a -F ")


def inner(line):
    """The commands that a line runs if the window is as it was seen."""
    then = re.findall(r'"([^"]*)"', line)[2]
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), then)


def test_a_change_closes_then_orders_then_splits_then_divides():
    new = NewPane("%8", Axis.ROWS, ("cat",))
    tree = Split(
        Axis.COLUMNS,
        (
            Leaf("%0", 120, 50),
            Split(Axis.ROWS, (Leaf("%8", 79, 25), Leaf("%new", 79, 24)), 79, 50),
        ),
        200,
        50,
    )

    line = change(SEEN, ["%8", "%0", "%9"], ["%9"], new, tree)

    commands = inner(line).split(" ; ")
    assert [command.split()[0] for command in commands] == [
        "kill-pane",
        "swap-pane",
        "split-window",
        "select-layout",
    ]
    assert '-s "%0" -t "%8"' in commands[1]
    assert "\n" not in line
    assert CHANGED in line


def test_a_change_names_the_window_as_it_was_seen():
    line = change(SEEN, ["%0"], [], None, None)

    assert "abcd 200x50 0\\175" in line
    assert line.startswith('if-shell -F -t "@0" ')


def test_panes_in_their_order_are_not_swapped():
    line = change(SEEN, ["%0", "%7", "%8"], [], None, TREE)

    assert "swap-pane" not in line


def test_options_that_take_cells_are_watched_in_every_window_of_the_session():
    line = re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), watch_borders())

    assert line.startswith('refresh-client -B "borders::#{W:')
    assert "," not in line  # it would part the windows from the current one (3.6)


def test_processes_ask_the_same_server():
    server = ServerAddress(socket_path="/tmp/s")
    for argv in (
        list_tiling_argv(server),
        take_keys_argv(server, "%1"),
    ):
        assert argv[:5] == ["tmux", "-N", "-u", "-S", "/tmp/s"]


def test_a_pane_that_closes_is_not_put_into_any_order():
    line = change(SEEN, ["%9", "%0", "%7", "%8"], ["%9"], None, TREE)

    assert [command.split()[0] for command in inner(line).split(" ; ")] == [
        "kill-pane",
        "select-layout",
    ]
