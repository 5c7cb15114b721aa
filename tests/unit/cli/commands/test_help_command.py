"""`oma help`."""

import pytest

from oma.cli.main import run


@pytest.mark.parametrize("argv", [["help", "status"], ["status", "--help"]])
def test_help_of_a_command_is_what_its_option_prints(argv, capsys):
    assert run(argv) == 0

    assert capsys.readouterr().out.startswith("usage: oma status ")


def test_help_alone_lists_the_commands(capsys):
    assert run(["help"]) == 0

    said = capsys.readouterr().out
    assert "  status " in said
    assert "pane-view" not in said


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["help", "sttus"], "invalid choice: 'sttus'; did you mean 'status'?"),
        (["qqqq"], "invalid choice: 'qqqq'; 'oma help' lists them"),
    ],
)
def test_a_command_that_does_not_exist_is_told_in_one_line(argv, words, capsys):
    assert run(argv) == 2

    assert capsys.readouterr().err.splitlines()[-1].endswith(words)


def test_the_version_has_a_short_option(capsys):
    assert run(["-V"]) == 0

    assert capsys.readouterr().out.startswith("oma ")
