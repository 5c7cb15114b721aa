"""What is asked before an act, and what the answer does."""

import attrs
import pytest

from oma.model.dialog import Dialog, DialogOption
from oma.model.health import Health
from oma.model.intents import AnswerDialog, KillAgent, SendText
from oma.tui.confirming import ask, ask_to_answer, ask_to_send, decided, tell
from oma.tui.editor import Editor
from oma.tui.view_model import Browsing, Helping, Telling, View, settled
from tests.unit.tui.fleets import ASKS, agent, update_context


def view_of(*agents):
    context = update_context(*agents)
    return settled(View(), context), context


def test_only_y_is_yes():
    view = ask(View(), "kill 1?", KillAgent("$1"))

    after, asked = decided(view, view.mode, "y")
    assert (after.mode, asked) == (Browsing(), (KillAgent("$1"),))
    for key in ("n", "Y", "Enter", "Escape", " "):
        after, asked = decided(view, view.mode, key)
        assert (after.mode, after.notice, asked) == (Browsing(), "not done", ())


def test_the_question_before_an_answer_tells_what_it_would_permit():
    view, context = view_of(agent(1, health=Health.WAITING, dialog=ASKS))

    mode = ask_to_answer(view, "2", context).mode

    assert mode.question == (
        "answer “2. No” to 1: Do you want to proceed? [Bash command · rm -rf build]"
    )
    assert mode.intent == AnswerDialog("$1", "2", ASKS.fingerprint)


def test_a_yes_is_for_the_dialog_that_was_shown_whatever_is_asked_by_then():
    view, context = view_of(agent(1, health=Health.WAITING, dialog=ASKS))
    shown = ask_to_answer(view, "1", context)
    other = attrs.evolve(ASKS, subject="rm -rf /")

    later = settled(shown, update_context(agent(1, health=Health.WAITING, dialog=other)))

    assert decided(later, later.mode, "y")[1] == (AnswerDialog("$1", "1", ASKS.fingerprint),)


@pytest.mark.parametrize("dialog", [None, Dialog("Sure?", "", (DialogOption("1", "Yes"),))])
def test_what_is_not_offered_cannot_be_answered(dialog):
    view, context = view_of(agent(1, health=Health.WAITING, dialog=dialog))

    after = ask_to_answer(view, "3", context)

    assert after.mode == Browsing()
    assert "no option 3" in after.notice


@pytest.mark.parametrize("agents", [(), (agent(1),), (agent(1, dialog=ASKS),)])
def test_who_does_not_wait_is_not_answered(agents):
    view, context = view_of(*agents)

    after = ask_to_answer(view, "1", context)

    assert after.mode == Browsing()
    assert "does not" in after.notice


def test_a_text_that_was_refused_is_kept_until_a_yes():
    view, context = view_of(agent(1))
    act = SendText("$1", "go on")

    shown = ask_to_send(view, act, "1 waits for an answer, nothing was sent: Sure?", context)

    assert shown.mode.question == "1 waits for an answer, nothing was sent: Sure?; send anyway?"
    assert decided(shown, shown.mode, "y")[1] == (SendText("$1", "go on", anyway=True),)
    back = decided(shown, shown.mode, "n")[0].mode
    assert (back.agent.session, back.editor) == ("$1", Editor("go on", 5))


def test_who_is_busy_with_something_else_is_only_told_that_a_text_was_refused():
    view, context = view_of(agent(1))
    busy = attrs.evolve(view, mode=Helping())

    told = ask_to_send(busy, SendText("$1", "go on"), "not sent", context)

    assert (told.mode, told.notice) == (Helping(), "not sent")


def test_several_lines_about_what_was_done_are_shown_until_a_key():
    view = View()
    assert tell(view, "done").notice == "done"
    told = tell(view, "done for 1 of 2 agents; not for:\nb waits")
    assert told.mode == Telling(("done for 1 of 2 agents; not for:", "b waits"))
    busy = tell(told, "one\ntwo")
    assert (busy.mode, busy.notice) == (told.mode, "one two")
