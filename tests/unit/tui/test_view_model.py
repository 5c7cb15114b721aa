"""What is selected stays selected while the list moves."""

import attrs

from oma.model.health import Health
from oma.tui.view_model import View, selected_agent, settled
from tests.unit.tui.fleets import agent, update_context

ONE, TWO, THREE = (agent(number) for number in (1, 2, 3))
CHOSEN = View(selected=TWO.session, chosen=True, index=1)


def test_until_a_user_chooses_the_first_in_need_is_selected():
    view = settled(View(), update_context(ONE, agent(2, health=Health.WAITING)))

    assert view.selected == "$2"


def test_a_chosen_agent_stays_selected_when_the_list_is_sorted_anew():
    view = settled(
        CHOSEN, update_context(agent(1, health=Health.OK), TWO, agent(3, health=Health.STUCK))
    )

    assert (view.selected, view.index) == ("$2", 2)


def test_when_the_selected_agent_is_gone_its_place_is_selected():
    assert settled(CHOSEN, update_context(ONE, THREE)).selected == "$3"
    assert settled(CHOSEN, update_context(ONE)).selected == "$1"
    assert settled(CHOSEN, update_context()).selected is None


def test_the_list_scrolls_to_the_selected_agent():
    many = [agent(number) for number in range(40)]
    view = settled(View(selected=many[30].session, chosen=True), update_context(*many))

    assert view.first <= 30 < view.first + 9


def test_an_agent_outside_of_the_filter_is_not_selected():
    view = settled(
        attrs.evolve(CHOSEN, filter_text="oma-agent-3"), update_context(ONE, TWO, THREE)
    )

    assert view.selected == "$3"


def test_the_selected_agent_is_known():
    assert selected_agent(CHOSEN, update_context(ONE, TWO)) == TWO
    assert selected_agent(CHOSEN, update_context(ONE)) is None


def test_names_are_short_unless_nothing_is_left():
    found = update_context()

    assert found.short_name(agent(1, "x")) == "x"
    assert found.short_name(agent(1, "")) == "oma-agent-"
