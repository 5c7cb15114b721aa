"""What the tests of the runtime share: a scripted program in the place of tmux."""

import os

import pytest

from oma.runtime.monitor import output_watch
from tests.support.scripted_tmux import ScriptedTmux


@pytest.fixture
def tmux(tmp_path, monkeypatch):
    """A tmux that notes what it is asked, for all processes of a test."""
    tmux = ScriptedTmux(tmp_path)
    monkeypatch.setenv("OMA_TMUX", str(tmux.program))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return tmux


class Terminal:
    """A terminal that a program may write to."""

    def __init__(self):
        self.master, self.slave = os.openpty()
        self.path = os.ttyname(self.slave)

    def write(self):
        os.write(self.slave, b"x")

    def close(self):
        os.close(self.slave)
        os.close(self.master)


@pytest.fixture
def terminal(monkeypatch):
    """Give a terminal, as that of a pane whatever the pane's process is."""
    made = Terminal()
    monkeypatch.setattr(output_watch, "has_terminal", lambda pid, path: path.startswith("/dev/"))
    yield made
    made.close()
