"""Order, filter and scrolling of the list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.model.health import Health
from oma.tui.selecting import index_of, listed, next_urgent, scrolled
from tests.unit.tui.fleets import agent

FLEET = (
    agent(1, "one", profile="claude", title="fix Login"),
    agent(2, "two", Health.STUCK, command="codex", profile="codex"),
    agent(3, "three", Health.WAITING, cwd="/home/kim/api"),
    agent(4, "four", Health.STUCK),
)


def names(filter_text=""):
    return [each.name.removeprefix("oma-agent-") for each in listed(FLEET, filter_text)]


@pytest.mark.parametrize(
    ("filter_text", "fits"),
    [
        ("", ["three", "two", "four", "one"]),
        ("health:stuck", ["two", "four"]),
        ("health:stu codex", ["two"]),
        ("profile:cl", ["one"]),
        ("LOGIN", ["one"]),
        ("api", ["three"]),
        ("nothing", []),
        ("health:", ["three", "two", "four", "one"]),
        ("other:x", []),
    ],
)
def test_every_word_of_a_filter_fits(filter_text, fits):
    assert names(filter_text) == fits


def test_the_selected_agent_is_found_wherever_it_has_moved():
    assert index_of(FLEET, "$3", 0) == 2


def test_an_agent_that_is_gone_leaves_its_place_to_the_next():
    assert index_of(FLEET, "$9", 1) == 1
    assert index_of(FLEET, "$9", 9) == 3
    assert index_of((), "$9", 9) == 0


def test_the_next_one_that_needs_a_person_is_found_round_the_end():
    assert [next_urgent(FLEET, at) for at in range(4)] == [1, 2, 3, 1]
    assert next_urgent(FLEET[:1], 0) == 0


@given(st.integers(0, 50), st.integers(0, 49), st.integers(1, 50), st.integers(1, 20))
def test_the_selected_agent_is_always_seen_and_no_room_stays_empty(first, index, count, room):
    index = min(index, count - 1)
    first = scrolled(first, index, count, room)

    assert first <= index < first + room
    assert first == 0 or first + room <= count


def test_a_selection_that_is_seen_does_not_scroll():
    assert scrolled(5, 7, 50, 10) == 5
