"""Unit tests of the command line read no file of the user's, and ask a scripted tmux."""

import pytest

from tests.support.scripted_tmux import ScriptedTmux


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """An empty home directory, outside tmux."""
    for name in ("TMUX", "TMUX_PANE", "OMA_CONFIG", "CLAUDE_CONFIG_DIR", "COLORFGBG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "TMUX_TMPDIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.fixture(autouse=True)
def tmux(tmp_path, monkeypatch):
    """A tmux without a server."""
    folder = tmp_path / "scripted tmux"
    folder.mkdir()
    tmux = ScriptedTmux(folder)
    tmux.says("-V", "tmux 3.4\n")
    tmux.says("list-sessions", status=1, complaint="no server running on /s\n")
    tmux.says("list-panes", status=1, complaint="no server running on /s\n")
    monkeypatch.setenv("OMA_TMUX", str(tmux.program))
    return tmux
