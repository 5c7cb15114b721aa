from oma.model.layout import Axis, Leaf, Split
from oma.tmux.commands.control import Print
from oma.tmux.commands.panes import SplitWindow, SwapPanes
from oma.tmux.layout_strings import render_tree
from oma.tmux.queries.window_panes import WindowPane
from oma.tmux.window_change import CHANGED, change, watch_borders

RIGHT = Split(Axis.ROWS, (Leaf("%7", 79, 25), Leaf("%8", 79, 24)), 79, 50)
TREE = Split(Axis.COLUMNS, (Leaf("%0", 120, 50), RIGHT), 200, 50)


def seen(*order, zoomed=False):
    """A row of a window whose panes are in this order."""
    width = 200 // len(order)
    panes = tuple(Leaf(pane, width, 50) for pane in order)
    tree = panes[0] if len(panes) == 1 else Split(Axis.COLUMNS, panes, 200, 50)
    layout = render_tree(tree)
    return WindowPane("$0", "@0", layout, "200x50", zoomed, "off", "%0", True, False, None)


def names(change):
    """The names of the commands that a change runs if the window is as it was seen."""
    return [command.words()[0] for command in change.then.commands]


def test_a_change_closes_then_orders_then_splits_then_divides():
    right = Split(Axis.ROWS, (Leaf("%8", 79, 25), Leaf("%new", 79, 24)), 79, 50)
    tree = Split(Axis.COLUMNS, (Leaf("%0", 120, 50), right), 200, 50)

    made = change(seen("%8", "%0", "%9"), ["%9"], SplitWindow("%8", ["cat"]), tree)

    assert names(made) == ["kill-pane", "swap-pane", "split-window", "select-layout"]
    assert made.then.commands[1] == SwapPanes("%0", "%8")
    assert made.otherwise == Print(CHANGED)


def test_a_pane_takes_the_place_of_one_that_closes_by_being_made_before():
    made = change(seen("%0", "%9"), ["%9"], SplitWindow("%9", ["cat"]), None)

    assert names(made) == ["split-window", "kill-pane"]


def test_a_change_names_the_window_as_it_was_seen():
    row = seen("%0")

    assert change(row, [], None, None).condition.endswith(f"{row.layout[:4]} 200x50 0}}")
    assert change(seen("%0", zoomed=True), [], None, None).condition.endswith(" 200x50 1}")
    assert change(row, [], None, None).target == "@0"


def test_panes_in_their_order_are_not_swapped():
    assert names(change(seen("%0", "%7", "%8"), [], None, TREE)) == ["select-layout"]


def test_options_that_take_cells_are_watched_in_every_window_of_the_session():
    assert watch_borders("@1").format.startswith("#{W:")
    assert (
        "," not in watch_borders("@1").format
    )  # it would part the windows from the current one (3.6)


def test_a_pane_that_closes_is_not_put_into_any_order():
    made = change(seen("%9", "%0", "%7", "%8"), ["%9"], None, TREE)

    assert names(made) == ["kill-pane", "select-layout"]
