from oma.cli.commands import stop_command
from oma.cli.commands.stop_command import StopOptions, run
from oma.model.intents import StopAgent
from tests.unit.cli.commands.acting import acting
from tests.unit.cli.parsing import parsed


def test_its_words_become_options():
    assert parsed("stop", "bob") == StopOptions(agent="bob", timeout=5.0)
    assert parsed("--timeout=1", "stop", "bob") == StopOptions(agent="bob", timeout=1.0)


def test_the_agent_is_asked_to_end_for_as_long_as_that_may_take(monkeypatch, capsys):
    asked = acting(monkeypatch, stop_command)

    assert run(StopOptions(agent="bob", timeout=2.5)) == 0
    (intent,) = asked
    assert (type(intent), intent.patience_s) == (StopAgent, 2.5)
    assert capsys.readouterr().out == "as you wish\n"
