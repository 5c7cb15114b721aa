"""The last line."""

import pytest

from oma.model.intents import KillAgent
from oma.tui.cells import cells
from oma.tui.editor import Editor
from oma.tui.pane_text import ReadingPane
from oma.tui.status_line import status_line
from oma.tui.view_model import Confirming, Digesting, Filtering, Helping, Messaging, View
from tests.unit.tui.fleets import agent, played, render_input, text_of


def shown(view, columns=60):
    line, cursor = status_line(render_input(agent(1, "one")), view, columns)
    return text_of(line), cursor


def test_where_there_is_no_agent_the_keys_are_those_that_do_something():
    line, _ = status_line(render_input(), View(), 60)

    assert text_of(line).rstrip() == " n new  ? help  q quit  : all acts  r resync"


def test_hints_name_the_keys_in_force_as_far_as_there_is_room():
    assert shown(View(), 40)[0] == " Enter attach  m message  w why  ? help "
    assert shown(View(), 14)[0] == " Enter attach "


def test_a_notice_takes_the_place_of_hints():
    assert shown(View(notice="killed one")) == (" killed one", None)


def test_a_question_is_asked_with_its_answers():
    assert shown(View(mode=Confirming("kill one?", KillAgent("$1")))) == (" kill one? y/n ", None)


def test_the_keys_of_a_long_question_are_in_sight():
    line, _ = shown(View(mode=Confirming("answer " + "日" * 50, KillAgent("$1"))), 30)

    assert line.startswith(" answer 日")
    assert line.endswith("… y/n ")
    assert cells(line) <= 30


def test_the_cursor_is_where_the_next_character_goes():
    assert shown(View(mode=Filtering(Editor("日a", 1), ""))) == (" /日a", 4)
    assert shown(View(mode=Messaging(agent(1, "one"), Editor("hi", 2)))) == (" to one: hi", 11)


@pytest.mark.parametrize("columns", [5, 12, 20])
def test_of_a_long_text_the_end_that_is_typed_stays_in_sight(columns):
    text, cursor = shown(View(mode=Filtering(Editor("x" * 50 + "END", 53), "")), columns)

    assert cursor < columns
    assert text.endswith("END"[-max(1, columns - 3) :])


def test_what_is_said_while_a_text_is_edited_leaves_room_for_it():
    mode = Messaging(agent(1, "one"), Editor("hello", 5))
    line, cursor = shown(View(mode=mode, notice="2 control characters left out"), columns=80)
    assert line == " (2 control characters left out) to one: hello"
    assert cursor == len(line)

    line, cursor = shown(View(mode=mode, notice="very long " * 20), columns=40)
    assert line.endswith("to one: hello")
    assert cursor == len(line)


def test_a_replay_hints_at_its_keys_and_asks_for_a_time():
    playing = render_input(timeline=played())
    paused = render_input(timeline=played(paused=True))
    asking = render_input(timeline=played(asking=Editor("1:3", 3)))

    assert text_of(status_line(playing, View(), 80)[0]).startswith(" Space pause  ←→ 10 s")
    assert text_of(status_line(paused, View(), 80)[0]).startswith(" Space go on")
    assert "attach" not in text_of(status_line(playing, View(), 200)[0])
    assert text_of(status_line(asking, View(), 80)[0]) == " go to 1:3"
    assert status_line(asking, View(), 80)[1] == len(" go to 1:3")


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        (ReadingPane(agent(1)), "y copy"),
        (Helping(), "↑↓ scroll"),
        (Digesting(), "Esc back"),
    ],
)
def test_what_is_read_has_keys_of_its_own_and_none_that_act(mode, words):
    line, _ = status_line(render_input(agent(1)), View(mode=mode), 120)

    assert words in text_of(line)
    assert "kill" not in text_of(line)
