"""`oma answer`."""

import pytest

from oma.cli.commands import answer_command
from oma.cli.commands.answer_command import AnswerOptions, run
from oma.errors import OmaError
from oma.model.dialog import Dialog, DialogOption
from tests.unit.cli.commands.acting import acting
from tests.unit.cli.parsing import parsed

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
