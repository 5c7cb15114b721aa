"""A poll asks for every screen, and tells each failure once."""

import io
import sys

import pytest

from oma.bench import polling
from oma.bench.polling import _screens, main
from oma.tmux.address import ServerAddress
from tests.support.scripted_tmux import ScriptedTmux

FAILURE = "error: try 3 at 500;"


@pytest.fixture
def tmux(tmp_path, monkeypatch):
    tmux = ScriptedTmux(tmp_path)
    monkeypatch.setenv("OMA_TMUX", str(tmux.program))
    monkeypatch.setattr(polling, "parse_panes", lambda lines: [Row("%1"), Row("%2")])
    tmux.says("capture-pane", f"{FAILURE}\n")
    return tmux


class Row:
    def __init__(self, pane):
        self.pane = pane


@pytest.mark.parametrize(("batched", "commands"), [(True, 1), (False, 2)])
async def test_one_command_or_one_for_each_pane(tmux, batched, commands):
    found = await _screens(ServerAddress(socket_path="x"), batched=batched)

    assert len(found) == commands
    captures = [argv for argv in tmux.asked if "capture-pane" in argv]
    assert (len(captures), sum(argv.count("capture-pane") for argv in captures)) == (commands, 2)


def test_each_failure_is_printed_once_until_the_input_ends(tmux, monkeypatch, capsys):
    rounds = iter([[], [], [True]])
    monkeypatch.setattr(sys, "argv", ["polling", "x", "0.001", "batched"])
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.setattr(polling.select, "select", lambda *_: (next(rounds), [], []))

    main()
    assert capsys.readouterr().out.splitlines() == [FAILURE, "ready"]
    assert sum("capture-pane" in argv for argv in tmux.asked) == 2
