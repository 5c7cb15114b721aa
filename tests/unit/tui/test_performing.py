"""What an action does is what its keys do."""

import pytest

from oma.model.health import Health
from oma.model.intents import AttachAgent, KillAgent
from oma.tui.inputs import Key
from oma.tui.keymap import KeyAction
from oma.tui.performing import moved, perform
from oma.tui.update import step
from oma.tui.view_model import Confirming, View, settled
from tests.unit.tui.fleets import KEYMAP, agent, update_context

FLEET = (agent(1, health=Health.WAITING), *(agent(number) for number in range(2, 31)))
CONTEXT = update_context(*FLEET)
VIEW = settled(View(chosen=True), CONTEXT)


@pytest.mark.parametrize("binding", KEYMAP.bindings, ids=lambda each: each.action.value)
def test_an_action_does_what_each_of_its_keys_does(binding):
    for key in binding.keys:
        assert step(VIEW, Key(key), CONTEXT) == perform(VIEW, binding.action, CONTEXT)


def test_what_ends_work_is_asked_about_first_with_what_it_would_be_done_to():
    view, intents = perform(VIEW, KeyAction.KILL, CONTEXT)

    asked = Confirming("kill 1? bash, WAITING, /srv", KillAgent("$1"))
    assert (view.mode, intents) == (asked, ())


def test_an_action_on_an_agent_is_about_the_selected_one():
    view = moved(VIEW, CONTEXT, 2)

    assert perform(view, KeyAction.ATTACH, CONTEXT)[1] == (AttachAgent("$3"),)


@pytest.mark.parametrize(("steps", "selected"), [(-1, "$1"), (29, "$30"), (99, "$30")])
def test_the_selection_stops_at_the_ends_of_the_list(steps, selected):
    assert moved(VIEW, CONTEXT, steps).selected == selected
