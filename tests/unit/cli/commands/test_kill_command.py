from oma.cli.commands import kill_command
from oma.cli.commands.kill_command import run
from oma.cli.option_values import AgentOptions
from oma.model.intents import KillAgent
from tests.unit.cli.commands.acting import acting
from tests.unit.cli.parsing import parsed


def test_its_words_become_options():
    assert parsed("kill", "bob", "-L", "x") == AgentOptions(agent="bob", socket_name="x")


def test_the_agent_is_killed(monkeypatch, capsys):
    asked = acting(monkeypatch, kill_command)

    assert run(AgentOptions(agent="bob")) == 0
    assert [type(intent) for intent in asked] == [KillAgent]
    assert capsys.readouterr().out == "as you wish\n"
