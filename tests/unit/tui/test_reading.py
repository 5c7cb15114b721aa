"""A text that is read is scrolled, searched and closed."""

import pytest

from oma.tui.inputs import Click, Key, Paste, Wheel
from oma.tui.reading import scrolled_by
from oma.tui.update import step
from oma.tui.view_model import Browsing, Digesting, Helping, View, settled
from tests.unit.tui.fleets import agent, update_context

CONTEXT = update_context(agent(1), columns=40, rows=12)
VIEW = settled(View(chosen=True), CONTEXT)


def after(*given):
    view = VIEW
    for each in given:
        view, asked = step(view, Key(each) if isinstance(each, str) else each, CONTEXT)
        assert asked == ()
    return view


def test_the_help_is_scrolled_no_further_than_its_end():
    end = after("?", "G").mode.first

    assert end > 10
    assert after("?", "j").mode.first == after("?", Wheel(1), "k", "k").mode.first == 1
    assert after("?", *["PageDown"] * 20).mode.first == end
    assert after("?", "G", "k").mode.first == end - 1
    assert after("?", "G", "g").mode.first == after("?", "k").mode.first == 0


def test_the_help_is_searched():
    assert after("?", "G", "/", *"kill").mode.text == "kill"
    assert after("?", "/", *"kill").mode.first == 0
    assert after("?", "/", *"kill", "Enter").mode == Helping(text="kill")
    assert after("?", "/", *"kill", "Escape").mode == Helping()
    assert after("?", "/", Paste("kill\n")).mode.text == "kill"
    assert after("?", "/", *"kill", "Enter", "/", "s").mode.text == "kills"


@pytest.mark.parametrize("key", ["q", "Escape", "?", Click(3, 3)])
def test_any_other_key_closes_it_and_does_nothing_else(key):
    assert after("?", key) == after("D", key) == VIEW


def test_what_happened_is_scrolled_from_its_beginning():
    assert scrolled_by(Digesting(first=1), -3, CONTEXT) == Digesting(first=0)
    assert scrolled_by(Digesting(), 3, CONTEXT) == Digesting(first=3)
    assert after("D", "j", "q").mode == Browsing()
