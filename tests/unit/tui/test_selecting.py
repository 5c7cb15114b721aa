"""Order, filter and scrolling of the list."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.model.health import Health
from oma.tui.selecting import index_of, listed, next_urgent, scrolled
from tests.unit.tui.fleets import PREFIX, agent, verdict

CASES = json.loads(
    (Path(__file__).parents[3] / "fixtures" / "selection" / "cases.json").read_text("utf-8")
)
"""What the page is held to as well."""


def of_case(facts):
    texts = {key: facts.get(key, "") for key in ("profile", "command", "title", "cwd")}
    number, name = int(facts["session"][1:]), facts["agent"].removeprefix(PREFIX)
    health = Health(facts["health"])
    told = verdict(health, facts.get("reason", "active"), since_s=facts.get("since_s", 0.0))
    return agent(number, name, health, verdict=told, **texts)


FLEET = tuple(map(of_case, CASES["agents"]))


def names(filter_text=""):
    return [each.name.removeprefix(PREFIX) for each in listed(FLEET, filter_text)]


@pytest.mark.parametrize("case", CASES["listed"], ids=lambda case: case["filter"])
def test_every_word_of_a_filter_fits_and_who_needs_the_user_comes_first(case):
    assert names(case["filter"]) == case["agents"]


def test_the_selected_agent_is_found_wherever_it_has_moved():
    assert index_of(FLEET, "$3", 0) == 2


def test_an_agent_that_is_gone_leaves_its_place_to_the_next():
    assert index_of(FLEET, "$8", 1) == 1
    assert index_of(FLEET, "$8", 9) == len(FLEET) - 1
    assert index_of((), "$8", 9) == 0


@pytest.mark.parametrize("case", CASES["next_urgent"], ids=lambda case: case["from"])
def test_the_next_one_that_needs_the_user_is_found_round_the_end(case):
    shown, at = listed(FLEET, case["filter"]), names(case["filter"]).index(case["from"])

    assert names(case["filter"])[next_urgent(shown, at)] == case["to"]


def test_where_nobody_needs_the_user_the_selection_stays():
    assert next_urgent(FLEET[:1], 0) == 0


@given(st.integers(0, 50), st.integers(0, 49), st.integers(1, 50), st.integers(1, 20))
def test_the_selected_agent_is_always_seen_and_no_room_stays_empty(first, index, count, room):
    index = min(index, count - 1)
    first = scrolled(first, index, count, room)

    assert first <= index < first + room
    assert first == 0 or first + room <= count


def test_a_selection_that_is_seen_does_not_scroll():
    assert scrolled(5, 7, 50, 10) == 5
