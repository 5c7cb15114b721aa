"""`oma answer`."""

import pytest

from oma.cli.commands import answer_command
from oma.cli.commands.answer_command import AnswerOptions, run, to_answer
from oma.errors import ConfigError, OmaError
from oma.model.dialog import Dialog, DialogOption
from oma.model.health import Health
from tests.unit.cli.commands.acting import acting
from tests.unit.cli.parsing import parsed
from tests.unit.tui.fleets import agent

DIALOG = Dialog(
    "Proceed?", "rm\x1b[m x", (DialogOption("1", "Yes", chosen=True), DialogOption("2", "No"))
)


def test_its_words_become_options():
    assert parsed("answer", "bob") == AnswerOptions(agent="bob")
    assert parsed("answer", "bob", "2", "--to", "f") == AnswerOptions(agent="bob", key="2", to="f")


def test_without_a_key_it_says_what_is_asked(monkeypatch, capsys):
    asked = acting(monkeypatch, answer_command, dialog=DIALOG)

    run(AnswerOptions(agent="bob"))

    shown = capsys.readouterr().out
    assert "Proceed?" in shown
    assert shown.splitlines()[-3:] == [
        "* 1. Yes",
        "  2. No",
        f"fingerprint: {DIALOG.fingerprint}",
    ]
    assert "\x1b" not in shown
    assert asked == []


@pytest.mark.parametrize(("to", "fingerprint"), [(None, DIALOG.fingerprint), ("f", "f")])
def test_a_key_answers_the_dialog_that_is_shown_or_the_one_that_is_meant(
    monkeypatch, to, fingerprint
):
    asked = acting(monkeypatch, answer_command, dialog=DIALOG)

    run(AnswerOptions(agent="bob", key="2", to=to))

    (intent,) = asked
    assert (intent.key, intent.fingerprint) == ("2", fingerprint)


def test_an_agent_that_asks_nothing_is_not_answered(monkeypatch):
    asked = acting(monkeypatch, answer_command, dialog=None)

    with pytest.raises(OmaError, match="bob asks nothing"):
        run(AnswerOptions(agent="bob", key="1"))
    assert asked == []


def test_without_an_agent_it_is_refused_unless_a_key_is_asked_for():
    with pytest.raises(ConfigError, match="expected an agent"):
        run(AnswerOptions())
    assert parsed("answer", "--ask", "--pane", "%1") == AnswerOptions(ask=True, pane="%1")


@pytest.mark.parametrize(("pressed", "sent"), [("2", ["2"]), ("x", []), ("12", []), ("\x1b", [])])
def test_a_key_of_an_option_answers_and_any_other_one_leaves(monkeypatch, capsys, pressed, sent):
    asked = acting(monkeypatch, answer_command, dialog=DIALOG)

    async def press(_descriptor):
        return pressed

    monkeypatch.setattr(answer_command, "pressed_key", press)
    run(AnswerOptions(agent="bob", ask=True))

    shown = capsys.readouterr().out
    assert "1 2: answers; any other key leaves" in shown
    assert "fingerprint" not in shown
    assert [act.key for act in asked] == sent
    assert all(act.fingerprint == DIALOG.fingerprint for act in asked)


def test_who_is_answered_is_the_agent_of_the_pane_or_who_asks_longest():
    waits = {"health": Health.WAITING, "dialog": DIALOG}
    agents = (agent(1), agent(2, **waits), agent(3, **waits), agent(4, health=Health.WAITING))

    assert to_answer(agents, "%3").pane == "%3"
    assert to_answer(agents, "%1").pane == "%2"
    assert to_answer(agents, None).pane == "%2"
    with pytest.raises(OmaError, match="no agent asks anything"):
        to_answer(agents[:1], None)
