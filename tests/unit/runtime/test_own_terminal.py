"""The terminal of this process, of an ancestor, or of the pane."""

import os

import pytest

from oma.errors import OmaError
from oma.runtime import own_terminal
from oma.runtime.own_terminal import announce, write_to_terminal
from tests.support.scripted_tmux import ScriptedTmux


@pytest.fixture
def terminal():
    """Both ends of a terminal: what is written to the path is read from the descriptor."""
    ours, theirs = os.openpty()
    yield ours, os.ttyname(theirs)
    os.close(ours)
    os.close(theirs)


def test_the_first_terminal_that_can_be_opened_gets_all_in_one_piece(
    terminal, tmp_path, monkeypatch
):
    ours, path = terminal
    (tmp_path / "file").touch()
    places = ["/no/such", str(tmp_path / "file"), path, "/dev/null"]
    monkeypatch.setattr(own_terminal, "_terminals", lambda: iter(places))

    write_to_terminal(b"\x1b]7501;x\x07")
    assert os.read(ours, 100) == b"\x1b]7501;x\x07"
    assert (tmp_path / "file").read_bytes() == b""


def test_without_one_that_is_said(monkeypatch):
    monkeypatch.setattr(own_terminal, "_terminals", lambda: iter(["/dev/null"]))

    with pytest.raises(OmaError, match="no terminal here"):
        write_to_terminal(b"x")


def test_the_pane_is_asked_for_last(tmp_path, monkeypatch):
    tmux = ScriptedTmux(tmp_path)
    monkeypatch.setenv("OMA_TMUX", str(tmux.program))
    monkeypatch.setenv("TMUX", "/s,1,0")
    monkeypatch.setenv("TMUX_PANE", "%3")
    monkeypatch.setattr(own_terminal, "_terminals_of_ancestors", lambda: iter(()))
    tmux.says("list-panes", "/dev/pts/9\n")
    assert list(own_terminal._terminals()) == ["/dev/tty", "/dev/pts/9"]

    tmux.says("list-panes", "/etc/passwd\n")
    assert list(own_terminal._terminals()) == ["/dev/tty"]
    monkeypatch.setenv("OMA_TMUX", "/no/such/tmux")
    assert list(own_terminal._terminals()) == ["/dev/tty"]


@pytest.mark.parametrize(
    ("environ", "app", "words"),
    [
        ({"TMUX": "/s,1,0", "TMUX_PANE": "%5"}, "claude", ["tmux", "claude"]),
        ({"TMUX": "/s,1,0", "TMUX_PANE": "%5", "OMA_TMUX": "/opt/tmux"}, "x", ["/opt/tmux", "x"]),
        ({"TMUX": "/s,1,0", "TMUX_PANE": "%5"}, None, ["tmux", "@oma_app"]),
        ({"TMUX": "/s,1,0", "TMUX_PANE": "%5;kill-server"}, "x", None),
        ({"TMUX": "/s,1,0"}, "x", None),
        ({"TMUX_PANE": "%5"}, "x", None),
    ],
)
def test_tmux_is_told_of_the_pane_that_we_run_in(environ, app, words, monkeypatch):
    ran = []
    for name in ("TMUX", "TMUX_PANE", "OMA_TMUX"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(
        own_terminal.os, "posix_spawnp", lambda program, argv, *_, **__: ran.append(argv)
    )

    announce(app)

    assert [[argv[0], argv[-1]] for argv in ran] == ([] if words is None else [words])
    assert all("%5" in argv and "set-option" in argv for argv in ran)
