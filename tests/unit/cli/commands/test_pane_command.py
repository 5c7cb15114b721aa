import pytest
import trio

from oma.cli.commands import pane_command
from oma.cli.commands.pane_command import PaneOptions, run
from oma.errors import ConfigError, OmaError
from tests.unit.cli.parsing import parsed


def test_its_words_become_options():
    assert parsed(*["pane", "--title", "t", "-d", "--", "top", "-d"]) == PaneOptions(
        command=("top", "-d"), title="t", detach=True
    )


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        (PaneOptions(), ConfigError, "give a command after --"),
        (PaneOptions(command=("no-such-program", "x")), ConfigError, "not found on PATH"),
        (PaneOptions(command=("sh",)), OmaError, "oma pane works inside tmux"),
    ],
)
def test_what_cannot_be_run_is_refused(options, error, words):
    with pytest.raises(error, match=words):
        run(options)


@pytest.mark.parametrize("detach", [True, False])
def test_the_program_is_run_and_its_pane_printed(monkeypatch, capsys, detach):
    opened = []

    async def host(socket, what):
        await trio.lowlevel.checkpoint()

    async def open_pane(host, socket, policy, program, *, select):
        opened.append((program.command, program.title, select))
        return "%9"

    monkeypatch.setattr(pane_command, "find_host_pane", host)
    monkeypatch.setattr(pane_command, "open_program_pane", open_pane)

    assert run(PaneOptions(command=("sh",), title="t", detach=detach)) == 0
    assert opened == [(("sh",), "t", not detach)]
    assert capsys.readouterr().out == "%9\n"
