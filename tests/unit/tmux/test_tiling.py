import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.errors import ProtocolError
from oma.model.layout import Axis, Leaf, Split
from oma.tmux.commands.control import Print
from oma.tmux.commands.panes import SwapPanes
from oma.tmux.tiling import (
    CHANGED,
    LIST_TILING,
    WATCH_BORDERS,
    Mark,
    NewPane,
    TilingRow,
    change,
    mark,
    parse_tiling,
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


def test_the_question_is_about_every_pane_of_the_server():
    assert LIST_TILING.words()[:2] == ("list-panes", "-a")


def names(change):
    """The names of the commands that a change runs if the window is as it was seen."""
    return [command.words()[0] for command in change.then.commands]


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

    made = change(SEEN, ["%8", "%0", "%9"], ["%9"], new, tree)

    assert names(made) == ["kill-pane", "swap-pane", "split-window", "select-layout"]
    assert made.then.commands[1] == SwapPanes("%0", "%8")
    assert made.otherwise == Print(CHANGED)


def test_a_change_names_the_window_as_it_was_seen():
    made = change(SEEN, ["%0"], [], None, None)

    assert made.condition.endswith("abcd 200x50 0}")
    assert made.target == "@0"


def test_panes_in_their_order_are_not_swapped():
    assert names(change(SEEN, ["%0", "%7", "%8"], [], None, TREE)) == ["select-layout"]


def test_options_that_take_cells_are_watched_in_every_window_of_the_session():
    assert WATCH_BORDERS.format.startswith("#{W:")
    assert "," not in WATCH_BORDERS.format  # it would part the windows from the current one (3.6)


def test_a_pane_that_closes_is_not_put_into_any_order():
    made = change(SEEN, ["%9", "%0", "%7", "%8"], ["%9"], None, TREE)

    assert names(made) == ["kill-pane", "select-layout"]
