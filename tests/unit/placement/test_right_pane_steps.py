from hypothesis import given
from hypothesis import strategies as st

from oma.model.layout import Axis
from oma.placement.plan import Spawn, Step
from oma.placement.right_pane_steps import RightPane, SwitchTo, Unzoom, choose, decide

MAIN = "%0"
WIDTH = "40%"
SHOWING = RightPane("%7", "$1", hidden=False)
EMPTY = RightPane("%8", None, hidden=False)
PANES = st.none() | st.builds(
    RightPane,
    pane=st.sampled_from(["%1", "%2", "%3"]),
    viewed=st.sampled_from([None, "$1", "$2", "%11"]),
    hidden=st.booleans(),
)


def steps(pane, wanted):
    return decide(pane, wanted, MAIN, WIDTH)


def test_the_first_use_and_one_after_the_pane_was_closed_make_it():
    assert steps(None, "$1") == (Step((), Spawn("$1", MAIN, Axis.COLUMNS, WIDTH)),)
    assert steps(None, None) == (Step((), Spawn(None, MAIN, Axis.COLUMNS, WIDTH)),)


def test_the_next_agent_takes_the_client_that_is_there():
    assert steps(SHOWING, "$2") == (SwitchTo("$2"),)


def test_a_view_of_one_pane_is_not_switched_but_gives_its_place_to_the_next():
    pane = RightPane("%7", "%1", hidden=True)

    assert steps(pane, "$2") == (Step(("%7",), Spawn("$2", "%7", Axis.ROWS)),)
    assert steps(pane, "%2") == (Step(("%7",), Spawn("%2", "%7", Axis.ROWS)),)
    assert steps(SHOWING, "%2") == (Step(("%7",), Spawn("%2", "%7", Axis.ROWS)),)
    assert steps(pane, "%1") == (Unzoom(),)


def test_what_is_shown_already_is_left_alone():
    assert steps(SHOWING, "$1") == ()


def test_a_pane_whose_agent_ended_gives_its_place_to_the_next_one():
    assert steps(EMPTY, "$2") == (Step(("%8",), Spawn("$2", "%8", Axis.ROWS)),)


def test_a_reserved_pane_is_neither_made_twice_nor_emptied():
    assert steps(EMPTY, None) == ()
    assert steps(SHOWING, None) == ()


def test_a_pane_that_a_zoom_hides_is_made_visible():
    hidden = RightPane("%7", "$1", hidden=True)

    assert steps(hidden, "$1") == (Unzoom(),)
    assert steps(hidden, "$2") == (SwitchTo("$2"), Unzoom())


def test_a_new_pane_makes_the_window_visible_by_itself():
    assert Unzoom() not in steps(RightPane("%8", None, hidden=True), "$2")


def test_of_several_panes_the_one_that_shows_something_counts():
    assert choose((EMPTY, SHOWING)) == SHOWING
    assert choose((EMPTY,)) == EMPTY
    assert choose(()) is None


@given(pane=PANES, wanted=st.sampled_from([None, "$1", "$2", "$3", "%11", "%12"]))
def test_only_a_pane_of_ours_is_closed_and_none_is_made_besides(pane, wanted):
    changes = [step for step in steps(pane, wanted) if isinstance(step, Step)]

    for change in changes:
        assert change.close == (() if pane is None else (change.spawn.beside,))
        assert change.spawn.beside == (MAIN if pane is None else pane.pane)
    assert len(changes) <= 1
