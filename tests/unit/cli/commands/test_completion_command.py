import pytest

from oma.cli.commands.completion_command import CompletionOptions, run
from tests.unit.cli.parsing import parsed


def test_its_words_become_options():
    assert parsed("completion", "zsh") == CompletionOptions(shell="zsh")


@pytest.mark.parametrize("shell", ["bash", "fish", "tcsh", "zsh"])
def test_a_script_knows_subcommands_and_their_options(shell, capsys):
    assert run(CompletionOptions(shell=shell)) == 0
    script = capsys.readouterr().out

    assert all(word in script for word in ("replay", "at-least", "match"))
    assert "web-port" not in script  # nobody types what we start ourselves with
