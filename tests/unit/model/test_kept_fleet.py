"""The agents of a run of a server are lost when another run begins, until they are started again."""

import pytest

from oma.model.kept_fleet import KeptAgent, KeptFleet, restart_line

A, B = KeptAgent("a", "/a", command="first"), KeptAgent("b", "/b")


def test_who_was_there_is_lost_when_another_run_begins():
    fleet = KeptFleet().kept("one", [A, B])
    assert fleet.missing("one", ()) == ()
    assert fleet.missing("", ()) == (A, B)
    assert fleet.missing("two", {"a"}) == (B,)
    again = fleet.kept("two", [A])
    assert (again.agents, again.missing("two", {"a"})) == ((A,), (B,))


def test_who_was_started_again_is_lost_no_more():
    fleet = KeptFleet().kept("one", [A, B]).without("two", "a")
    assert fleet.missing("two", ()) == (B,)
    assert fleet.without("two", "b").missing("two", ()) == ()


def test_a_run_without_agents_forgets_nobody():
    fleet = KeptFleet().kept("one", [A]).kept("two", []).kept("three", [])
    assert fleet.missing("three", ()) == (A,)


def test_who_was_left_when_others_were_started_again_stays_lost_in_the_next_run():
    fleet = KeptFleet().kept("one", [A, B]).without("two", "a").kept("two", [A])
    assert fleet.missing("three", ()) == (A, B)


TALK = KeptAgent("a", "/a", profile="codex", conversation="abc-123")


@pytest.mark.parametrize(
    ("there", "comes_back"),
    [
        (KeptAgent("a", "/a", profile="generic"), TALK),
        (KeptAgent("a", "/a", profile="codex"), KeptAgent("a", "/a", profile="codex")),
        (KeptAgent("a", "/b", profile="claude", conversation="def-456"), None),
    ],
)
def test_a_shell_that_came_back_in_the_place_of_an_agent_takes_no_conversation_away(
    there, comes_back
):
    fleet = KeptFleet().kept("one", [TALK]).kept("two", [there])
    assert fleet.missing("two", {"a"}) == ()
    assert fleet.missing("three", ()) == (comes_back or there,)


@pytest.mark.parametrize(
    ("by_conversation", "by_directory", "alone", "line"),
    [
        ("x --resume 1", "x --continue", True, "x --resume 1"),
        ("", "x --continue", True, "x --continue"),
        ("", "x --continue", False, "first"),
        ("", "", True, "first"),
    ],
)
def test_the_latest_conversation_is_taken_only_where_it_is_its_own(
    by_conversation, by_directory, alone, line
):
    assert restart_line(A, by_conversation, by_directory, alone) == line
