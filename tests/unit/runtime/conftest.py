"""What the tests of the runtime share: a scripted program in the place of tmux."""

import pytest

from tests.support.scripted_tmux import ScriptedTmux


@pytest.fixture
def tmux(tmp_path, monkeypatch):
    """A tmux that notes what it is asked, for all processes of a test."""
    tmux = ScriptedTmux(tmp_path)
    monkeypatch.setenv("OMA_TMUX", str(tmux.program))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return tmux
