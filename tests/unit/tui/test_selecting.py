"""Order, filter and scrolling of the list."""

import pytest

from oma.tui.selecting import index_of, next_urgent
from tests.unit.tui.fleets import CASES, PREFIX, agent, agent_of_case, listing

FLEET = tuple(map(agent_of_case, CASES["agents"]))


def listed(filter_text, fleet=FLEET):
    return listing(fleet, filter_text=filter_text).agents


def names(filter_text=""):
    return [each.name.removeprefix(PREFIX) for each in listed(filter_text)]


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
    shown, at = listed(case["filter"]), names(case["filter"]).index(case["from"])

    assert names(case["filter"])[next_urgent(shown, at)] == case["to"]


def test_where_nobody_needs_the_user_the_selection_stays():
    assert next_urgent(FLEET[:1], 0) == 0


def test_agents_of_one_machine_are_found_by_it():
    fleet = (agent(1, host="box"), agent(2, host="gpu1"), agent(3, host="Box2"))

    assert [each.session for each in listed("host:box", fleet)] == ["$3", "$1"]
    assert [each.session for each in listed("host:gpu", fleet)] == ["$2"]
