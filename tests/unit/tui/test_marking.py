"""Marks, and what is done to all that are marked."""

import attrs
import pytest

from oma.model.health import Health
from oma.model.intents import AnswerDialog, QueueText, SendText, StopAgent, Together
from oma.tui.inputs import Key
from oma.tui.update import step
from oma.tui.view_model import Browsing, Confirming, Messaging, View, settled
from tests.unit.tui.fleets import ASKS, agent, update_context, verdict

OTHER = attrs.evolve(ASKS, subject="Bash command\nls", options=ASKS.options[:1])
ELSE = attrs.evolve(
    ASKS, options=tuple(attrs.evolve(option, label="Retry") for option in ASKS.options)
)
FLEET = (
    agent(1, "a", verdict=verdict(Health.WAITING, "permission", since_s=1.0), dialog=ASKS),
    agent(2, "b", verdict=verdict(Health.WAITING, "permission", since_s=2.0), dialog=OTHER),
    agent(3, "c", verdict=verdict(Health.WAITING, "question", since_s=3.0), dialog=ELSE),
    agent(4, "d", Health.EXITED),
    agent(5, "e"),
)


def after(*keys, fleet=FLEET, view=None):
    context = update_context(*fleet)
    view, asked = view or settled(View(), context), []
    for key in keys:
        view, more = step(view, Key(key), context)
        asked += more
    return view, asked


def test_a_key_marks_the_selected_agent_and_goes_on():
    view, _ = after("v", "v")
    assert (view.marked, view.selected) == ({"$1", "$2"}, "$3")
    assert after("k", "v", view=view)[0].marked == {"$1"}
    assert after("Escape", view=view)[0].marked == frozenset()
    assert after("v", fleet=())[0].notice == "no agent is selected"


def test_a_key_marks_all_that_are_shown_and_again_none_of_them():
    view, _ = after("v", "/", *"health:w", "Enter", "j", "*")
    assert view.marked == {"$1", "$2", "$3"}
    assert after("*", view=view)[0].marked == frozenset()
    kept, _ = after("Escape", "G", "v", "/", *"health:w", "Enter", "*", "*")
    assert kept.marked == {"$5"}


def test_escape_drops_the_marks_before_the_filter():
    view, _ = after("/", "a", "Enter", "v", "Escape")
    assert (view.marked, view.filter_text) == (frozenset(), "a")


def test_an_agent_that_is_gone_is_marked_no_more():
    view, _ = after("*")
    gone = (attrs.evolve(FLEET[0], gone=True), *FLEET[1:4])
    assert settled(view, update_context(*gone)).marked == {"$2", "$3", "$4"}


def test_all_marked_are_stopped_after_one_question_that_lists_them():
    view, asked = after("*", "x")
    assert asked == []
    assert isinstance(view.mode, Confirming)
    assert view.mode.question == "stop 4 agents? who does not end when asked is killed"
    assert [line.split()[0] for line in view.mode.about] == ["AGENT", "a", "b", "c", "d", "e"]
    assert "d      left out: it has ended" in view.mode.about

    done, asked = after("y", view=view)
    assert asked == [Together(tuple(StopAgent(f"${n}") for n in (1, 2, 3, 5)))]
    assert (done.mode, done.marked) == (Browsing(), frozenset())
    kept, asked = after("n", view=view)
    assert (len(kept.marked), asked) == (5, [])


def test_whoever_is_killed_is_the_selected_one_alone():
    view, _ = after("*", "K")
    assert view.mode.question.startswith("kill a? ")
    assert view.mode.about == ()


@pytest.mark.parametrize(
    ("key", "act", "question"),
    [("m", SendText, "send “go” to 4 agents?"), ("Q", QueueText, "queue “go” for 4 agents?")],
)
def test_a_message_goes_to_all_marked_after_one_question(key, act, question):
    view, asked = after("*", key, "g", "o", "Enter")
    assert (view.mode.question, asked) == (question, [])

    assert after("y", view=view)[1] == [Together(tuple(act(f"${n}", "go") for n in (1, 2, 3, 5)))]
    again, _ = after("n", view=view)
    assert isinstance(again.mode, Messaging)
    assert again.mode.editor.text == "go"
    assert after("*", key, "Enter")[0].mode == Browsing()


def test_those_who_ask_alike_are_answered_alike_each_for_its_own_dialog():
    view, asked = after("*", "1")
    assert asked == []
    assert view.mode.question == "answer “1. Yes” to 2 agents?"
    assert [line.split(None, 1) for line in view.mode.about[1:]] == [
        ["a", ASKS.asked],
        ["b", OTHER.asked],
        ["c", "left out: 1. Retry"],
        ["d", "left out: it shows no such option"],
        ["e", "left out: it shows no such option"],
    ]
    acts = tuple(AnswerDialog(f"${n}", "1", d.fingerprint) for n, d in ((1, ASKS), (2, OTHER)))
    assert after("y", view=view)[1] == [Together(acts)]


def test_where_nobody_can_be_acted_on_that_is_said():
    assert after("*", "7")[0].notice == "none that is marked shows an option 7"
    ended = (agent(1, health=Health.EXITED),)
    assert after("*", "x", fleet=ended)[0].notice == "those that are marked have ended"
