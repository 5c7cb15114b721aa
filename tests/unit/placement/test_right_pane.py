from hypothesis import given
from hypothesis import strategies as st

from oma.placement.right_pane import Plan, Replace, RightPane, Split, Stay, Switch, choose, decide

SHOWING = RightPane("%7", "$1", hidden=False)
EMPTY = RightPane("%8", None, hidden=False)
PANES = st.lists(
    st.builds(
        RightPane,
        pane=st.sampled_from(["%1", "%2", "%3"]),
        viewed=st.sampled_from([None, "$1", "$2"]),
        hidden=st.booleans(),
    ),
    max_size=3,
    unique_by=lambda pane: pane.pane,
).map(tuple)


def test_the_first_use_and_one_after_the_pane_was_closed_make_it():
    assert decide((), "$1") == decide((), None) == Plan(Split())


def test_the_next_agent_takes_the_client_that_is_there():
    assert decide((SHOWING,), "$2") == Plan(Switch("%7"))


def test_what_is_shown_already_is_left_alone():
    assert decide((SHOWING,), "$1") == Plan(Stay("%7"))


def test_a_pane_whose_agent_ended_takes_the_next_one():
    assert decide((EMPTY,), "$2") == Plan(Replace("%8"))


def test_a_reserved_pane_is_neither_made_twice_nor_emptied():
    assert decide((EMPTY,), None) == Plan(Stay("%8"))
    assert decide((SHOWING,), None) == Plan(Stay("%7"))


def test_a_pane_that_a_zoom_hides_is_made_visible():
    hidden = RightPane("%7", "$1", hidden=True)

    assert decide((hidden,), "$1") == Plan(Stay("%7"), unzoom=True)
    assert decide((hidden,), "$2") == Plan(Switch("%7"), unzoom=True)


def test_a_new_pane_makes_the_window_visible_by_itself():
    assert decide((RightPane("%8", None, hidden=True),), "$2") == Plan(Replace("%8"))


def test_of_several_panes_the_one_that_shows_something_counts():
    assert choose((EMPTY, SHOWING)) == SHOWING
    assert choose((EMPTY,)) == EMPTY
    assert choose(()) is None


@given(panes=PANES, wanted=st.sampled_from([None, "$1", "$2", "$3"]))
def test_only_a_pane_of_ours_is_touched_and_none_is_made_while_there_is_one(panes, wanted):
    step = decide(panes, wanted).step

    assert isinstance(step, Split) == (not panes)
    assert isinstance(step, Split) or step.pane in {pane.pane for pane in panes}
