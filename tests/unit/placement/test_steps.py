import attrs

from oma.model.layout import Axis, Leaf, Split
from oma.placement.cell_tree import panes
from oma.placement.decide import window_room
from oma.placement.facts import Facts, Tile
from oma.placement.plan import NEW_PANE
from oma.placement.policy import Policy
from oma.placement.steps import Joining, is_settled, next_step

MAIN, ONE, TWO = Leaf("%0", 200, 60), Leaf("%1", 99, 30), Leaf("%2", 99, 29)
EMPTY = Facts(window="@0", tree=Leaf("%0", 300, 60), main="%0")
BOTH = Facts(
    window="@0",
    tree=Split(Axis.COLUMNS, (MAIN, Split(Axis.ROWS, (ONE, TWO), 99, 60)), 300, 60),
    main="%0",
    tiles=(Tile("%1", "$1"), Tile("%2", "$2")),
    arranged=frozenset({"%1", "%2"}),
)


def step(facts, closing=(), joining=(), **policy):
    return next_step(facts, window_room(facts, Policy(**policy)), closing, joining)


def test_a_new_pane_is_split_off_the_one_that_it_comes_after():
    first = step(EMPTY, joining=[Joining("$1"), Joining("$2")])

    assert (first.spawn.agent, first.spawn.beside) == ("$1", "%0")
    assert panes(first.tree) == ("%0", NEW_PANE)


def test_a_replaced_pane_gives_its_very_place():
    replaced = step(BOTH, joining=[Joining("$3", victim="%1")])

    assert replaced.close == ("%1",)
    assert panes(replaced.tree) == ("%0", NEW_PANE, "%2")


def test_everything_closes_at_once():
    closed = step(BOTH, closing=["%1", "%2"])

    assert (closed.close, closed.spawn, closed.tree) == (("%1", "%2"), None, EMPTY.tree)


def test_a_window_that_we_arranged_is_settled_while_everybody_has_room():
    assert is_settled(BOTH, Policy())
    assert not is_settled(BOTH, Policy(agent_min_columns=100))
    assert not is_settled(BOTH, Policy(min_rows=30))
    assert not is_settled(BOTH, Policy(main_min_columns=201))
    assert not is_settled(attrs.evolve(BOTH, arranged=None), Policy())
    assert step(BOTH) is None


def test_a_window_below_a_minimum_is_arranged_anew():
    anew = step(BOTH, agent_min_columns=100)

    assert (anew.close, anew.spawn) == ((), None)
    assert anew.tree.children[1].columns >= 100


def test_what_was_found_comes_back_only_where_the_same_panes_are_there():
    found = Split(Axis.ROWS, (Leaf("%0", 300, 40), Leaf("%9", 300, 19)), 300, 60)
    here = attrs.evolve(BOTH, before=found)
    assert step(here, closing=["%1", "%2"]).tree == EMPTY.tree

    main_side = Split(Axis.ROWS, (Leaf("%0", 200, 20), Leaf("%9", 200, 39)), 200, 60)
    tree = attrs.evolve(BOTH.tree, children=(main_side, BOTH.tree.children[1]))

    assert step(attrs.evolve(here, tree=tree), closing=["%1", "%2"]).tree == found


def test_a_neighbour_too_small_to_split_is_spared():
    main_side = Split(Axis.ROWS, (Leaf("%0", 300, 55), Leaf("%9", 300, 4)), 300, 60)
    narrow = Split(Axis.COLUMNS, (Leaf("%0", 295, 60), Leaf("%9", 4, 60)), 300, 60)
    tiny = Split(
        Axis.COLUMNS,
        (Leaf("%0", 295, 60), Split(Axis.ROWS, (Leaf("%8", 4, 55), Leaf("%9", 4, 4)), 4, 60)),
        300,
        60,
    )

    wide = step(attrs.evolve(EMPTY, tree=main_side), joining=[Joining("$1")])
    high = step(attrs.evolve(EMPTY, tree=narrow), joining=[Joining("$1")])
    elsewhere = step(attrs.evolve(EMPTY, tree=tiny), joining=[Joining("$1")])

    assert (wide.spawn.beside, wide.spawn.axis) == ("%9", Axis.COLUMNS)
    assert (high.spawn.beside, high.spawn.axis) == ("%9", Axis.ROWS)
    assert (elsewhere.spawn.beside, elsewhere.tree) == ("%0", None)


def test_programs_that_do_not_fit_any_more_are_left_as_tmux_has_them():
    crowded = attrs.evolve(BOTH, tiles=(Tile("%1", None), Tile("%2", None)), arranged=None)

    assert step(crowded, min_rows=40) is None
