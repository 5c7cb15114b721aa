"""What is chosen in the palette is what its keys do."""

import attrs
import pytest

from oma.model.health import Health
from oma.tui.inputs import Click, Key, Paste, Wheel
from oma.tui.keymap import KeyAction
from oma.tui.palette import HEAD_ROWS
from oma.tui.performing import perform
from oma.tui.update import step
from oma.tui.view_model import Browsing, Choosing, Confirming, View, settled
from tests.unit.tui.fleets import ASKS, KEYMAP, agent, update_context

FLEET = (
    attrs.evolve(agent(1, "asks", Health.WAITING), dialog=ASKS),
    *(agent(n, f"worker-{n}") for n in range(2, 9)),
)
CONTEXT = update_context(*FLEET)
VIEW = settled(View(chosen=True), CONTEXT)


def after(*given, view=VIEW, context=CONTEXT):
    asked = []
    for each in given:
        view, more = step(view, Key(each) if isinstance(each, str) else each, context)
        asked += more
    return view, tuple(asked)


def typed(text):
    return [":", *text, "Enter"]


@pytest.mark.parametrize(
    "binding",
    [each for each in KEYMAP.bindings if each.action is not KeyAction.PALETTE],
    ids=lambda each: each.action.value,
)
def test_an_act_of_the_palette_is_the_act_of_its_keys(binding):
    assert after(*typed(binding.about.rstrip("."))) == perform(VIEW, binding.action, CONTEXT)


def test_an_answer_is_asked_about_as_by_its_digit():
    assert after(*typed("answer no")) == after("2")
    assert isinstance(after(*typed("answer no"))[0].mode, Confirming)


def test_an_agent_is_selected_also_one_that_the_filter_hides():
    hidden, _ = after("/", *"asks", "Enter")
    view, asked = after(*typed("worker-5"), view=hidden)

    assert (view.selected, view.filter_text, view.mode, asked) == ("$5", "", Browsing(), ())
    kept, _ = after("/", *"worker", "Enter", *typed("worker-5"))
    assert (kept.selected, kept.filter_text) == ("$5", "worker")


@pytest.mark.parametrize("keys", [["Down"], ["C-n"], ["Tab"], [Wheel(1)], ["End", "Down"]])
def test_the_choice_moves(keys):
    view, _ = after(":", *keys)

    assert view.mode.index == 1
    assert after("Up", "Up", view=view)[0].mode.index == 0


def test_the_choice_stops_at_the_end_and_what_is_typed_starts_again_at_the_best():
    last = len(CONTEXT.palette(VIEW, Choosing())) - 1
    view, _ = after("C-p", *["PageDown"] * 9)
    assert view.mode.index == last

    assert after("k", view=view)[0].mode.index == 0
    assert after("Left", view=view)[0].mode.index == last


def test_it_is_left_by_escape_and_nothing_is_done_where_nothing_fits():
    assert after(":", *"kill", "Escape") == (VIEW, ())
    view, asked = after(*typed("zzzz"))
    assert (view.mode, view.notice, asked) == (
        Browsing(),
        "nothing fits: nothing was done",
        (),
    )


def test_a_paste_is_looked_for_and_never_done():
    view, asked = after(":", Paste("kill\n"))

    assert (view.mode.editor.text, asked) == ("kill", ())


def test_a_click_takes_the_entry_under_it():
    row = 1 + HEAD_ROWS
    assert after(":", *"worker-5", Click(row, 3))[0].selected == "$5"
    assert after(":", *"worker-5", Click(row + 1, 3))[0].mode == Choosing(
        after(":", *"worker-5")[0].mode.editor
    )
    assert isinstance(after(":", Click(0, 3))[0].mode, Choosing)
