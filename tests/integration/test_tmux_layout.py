"""The model of how tmux divides a window, against tmux itself."""

import random

import pytest

from oma.model.layout import Axis
from oma.placement.cell_tree import panes, places
from oma.placement.decide import decide
from oma.placement.facts import Facts, Tile, TitleRow, Wanted
from oma.placement.plan import NEW_PANE
from oma.placement.policy import Arrangement, Policy
from oma.tmux.layout_strings import parse_tree, render_tree
from tests.support.private_tmux import since
from tests.support.tiled_window import Tiled
from tests.support.tmux_layout import NoSpaceError, Window, renamed

pytestmark = pytest.mark.tmux

FLAG = {Axis.COLUMNS: "-h", Axis.ROWS: "-v"}

# From 3.8 on the pane behind a closed one gets its space, up to 3.7 the one before; no plan of
# ours relies on either.
ACTS = ["split", "split", "resize"] if since(3, 8) else ["split", "split", "close", "resize"]


LAYOUT = ("display-message", "-p", "-t", "w:", "#{window_layout}")
NEW = ("-P", "-F", "#{pane_id}")


def tree_of(tmux):
    return parse_tree(tmux.run(*LAYOUT).strip())


def after(tmux, *command):
    """Run a command; return what it prints, and the tree then."""
    *said, layout = tmux.run(*command, ";", *LAYOUT).split()
    return said, parse_tree(layout)


@pytest.fixture(params=["off", "top", "bottom"])
def window(request, tmux):
    """A window of one pane, and the model of it."""
    tmux.run("new-session", "-d", "-x", "120", "-y", "50", "-s", "w", "cat")
    tmux.run("set-option", "-w", "-t", "w:", "pane-border-status", request.param)
    return Window(tree_of(tmux), TitleRow(request.param))


def test_the_model_splits_closes_and_resizes_as_tmux_does(tmux, window):
    chance, tree = random.Random(5), window.tree
    for _ in range(60):
        here = panes(window.tree)
        act = chance.choice(ACTS)
        if act == "split":
            pane, axis = chance.choice(here), chance.choice(list(Axis))
            split = ("split-window", "-d", FLAG[axis], "-t", pane, *NEW, "cat")
            try:
                window.split(pane, axis, "%new")
            except NoSpaceError:
                with pytest.raises(AssertionError, match=r"no space for (a )?new pane"):
                    tmux.run(*split)
                continue
            (new,), tree = after(tmux, *split)
            window.root = Window(renamed(window.tree, {"%new": new})).root
        elif act == "close" and len(here) > 1:
            pane = chance.choice(here)
            _, tree = after(tmux, "kill-pane", "-t", pane)
            window.close(pane)
        elif act == "resize":
            size = chance.randint(40, 200), chance.randint(20, 80)
            columns, rows = map(str, size)
            _, tree = after(tmux, "resize-window", "-t", "w:", "-x", columns, "-y", rows)
            window.resize(*size)
        assert tree == window.tree


@pytest.mark.parametrize("arrangement", Arrangement)
def test_tmux_divides_a_window_exactly_as_a_plan_says(tmux, window, arrangement):
    policy = Policy(arrangement=arrangement, main_min_columns=40, agent_min_columns=20, min_rows=5)
    wanted = [Wanted(f"${number}") for number in range(1, 40)]
    tiles = []
    while True:
        facts = Facts(
            "@0", window.tree, "%0", tuple(tiles), title_row=window.title_row, arranged=None
        )
        step = decide(facts, wanted, policy).step
        if step is None:
            break
        flag = FLAG[step.spawn.axis]
        split = ("split-window", "-d", flag, "-t", step.spawn.beside, *NEW, "cat")
        layout = ("select-layout", "-t", "w:", render_tree(step.tree))
        (new,), tree = after(tmux, *split, ";", *layout)
        window.apply(step, new)
        tiles.append(Tile(new, step.spawn.agent))
        assert tree == window.tree == renamed(step.tree, {NEW_PANE: new})
    assert len(tiles) > 2
    seen = tmux.run(
        "list-panes", "-t", "w:", "-F", "#{pane_id} #{pane_width} #{pane_height}"
    ).split("\n")[:-1]
    sizes = {row.split()[0]: tuple(map(int, row.split()[1:])) for row in seen}
    for tile in tiles:
        assert sizes[tile.pane][0] >= policy.agent_min_columns
        assert sizes[tile.pane][1] >= policy.min_rows
    assert sizes["%0"][0] >= policy.main_min_columns
    assert len(list(places(window.tree))) == len(tiles) + 1


def test_scrollbars_take_what_is_counted(tmux):
    tmux.run("new-session", "-d", "-x", "200", "-y", "50", "-s", "home", "cat")
    tmux.run("split-window", "-h", "-t", "%0", "cat")
    assert Tiled(tmux).look().facts.bar_columns == 0
    if "pane-scrollbars" not in tmux.run("show-options", "-gw"):
        pytest.skip("this tmux has no scrollbars: they came with 3.6")
    tmux.run("set-option", "-gw", "pane-scrollbars", "on")
    tmux.run("set-option", "-gw", "pane-scrollbars-style", "fg=red,width=2,pad=1")

    facts = Tiled(tmux).look().facts
    rows = tmux.run("list-panes", "-t", "home", "-F", "#{pane_width}").split()

    assert facts.bar_columns == 3
    assert [int(row) for row in rows] == [p.leaf.columns - 3 for p in places(facts.tree)]
