import pytest

from oma.cli.commands import publish_command
from oma.cli.commands.publish_command import PublishOptions, run
from oma.errors import ConfigError
from tests.unit.cli.parsing import parsed


def test_its_words_become_options():
    assert parsed("publish", "unix:///s", "--name", "box", "--record", "f") == PublishOptions(
        url="unix:///s", name="box", record="f"
    )


def test_it_publishes_until_it_is_ended(monkeypatch, capsys):
    runs = []

    async def end(run):
        runs.append(run)
        return 130

    monkeypatch.setattr(publish_command.Run, "run", end)
    options = PublishOptions(url="redis://:secret@localhost", name="box", config="/dev/null")
    assert run(options) == 130
    assert runs[0].uses_service
    said = capsys.readouterr().err
    assert said == "oma: publishing as box at redis://localhost until interrupted\n"


def test_without_an_engine_that_is_said():
    with pytest.raises(ConfigError, match="publish where"):
        run(PublishOptions(config="/dev/null"))
