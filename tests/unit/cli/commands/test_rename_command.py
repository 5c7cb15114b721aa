from oma.cli.commands import rename_command
from oma.cli.commands.rename_command import RenameOptions, run
from oma.model.intents import RenameAgent
from tests.unit.cli.commands.acting import acting
from tests.unit.cli.parsing import parsed


def test_its_words_become_options():
    assert parsed("rename", "bob", "rob") == RenameOptions(agent="bob", name="rob")


def test_the_agent_is_renamed(monkeypatch, capsys):
    asked = acting(monkeypatch, rename_command)

    assert run(RenameOptions(agent="bob", name="rob")) == 0
    assert [(type(intent), intent.name) for intent in asked] == [(RenameAgent, "rob")]
    assert capsys.readouterr().out == "as you wish\n"
