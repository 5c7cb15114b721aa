import pytest

from oma.cli.commands import restart_command
from oma.cli.commands.restart_command import RestartOptions, run
from oma.model.intents import RestartAgent
from tests.unit.cli.commands.acting import acting
from tests.unit.cli.parsing import parsed


def test_its_words_become_options():
    assert parsed("restart", "bob") == RestartOptions(agent="bob")
    assert parsed("restart", "--fresh", "bob") == RestartOptions(agent="bob", fresh=True)


@pytest.mark.parametrize("fresh", [True, False])
def test_the_agent_is_restarted_by_its_first_command_or_by_the_one_that_resumes(
    monkeypatch, fresh
):
    asked = acting(monkeypatch, restart_command)

    assert run(RestartOptions(agent="bob", fresh=fresh)) == 0
    (intent,) = asked
    assert (type(intent), intent.fresh) == (RestartAgent, fresh)
