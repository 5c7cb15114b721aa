"""A plan in one line."""

from oma.model.ids import PaneId, SessionId
from oma.placement.plan import Action, Decision, Plan
from oma.placement.summary import summary


def plan(*actions):
    return Plan(
        tuple(
            Decision(action, SessionId(f"${n}"), PaneId(f"%{n}"), f"reason {n}")
            for n, action in enumerate(actions)
        ),
        None,
    )


def test_it_counts_who_is_shown_and_who_is_not_and_says_why():
    assert summary(plan()) == "no agent in a pane"
    assert summary(plan(Action.KEEP, Action.KEEP)) == "2 in panes"
    assert (
        summary(plan(Action.KEEP, Action.DEFER, Action.SKIP)) == "1 in panes, 2 without: reason 1"
    )


def test_a_program_is_no_agent():
    program = Decision(Action.KEEP, None, PaneId("%9"), "the user started a program in it")

    assert summary(Plan((program,), None)) == "no agent in a pane"
