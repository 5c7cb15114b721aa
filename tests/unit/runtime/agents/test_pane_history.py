import pytest

from oma.errors import CommandError
from oma.runtime.agents.pane_history import PaneHistory
from oma.tmux.address import ServerAddress
from tests.support.scripted_tmux import ScriptedTmux


@pytest.fixture
def tmux(tmp_path, monkeypatch):
    tmux = ScriptedTmux(tmp_path)
    monkeypatch.setenv("OMA_TMUX", str(tmux.program))
    return tmux


async def test_the_lines_of_a_pane_are_read_by_its_id(tmux):
    tmux.says("capture-pane", "one\ntwo\n")
    history = PaneHistory(ServerAddress(socket_name="x"))

    assert await history.read("%2", 500) == "one\ntwo\n"
    assert tmux.asked[0][-5:] == ["-e", "-S", "-500", "-t", "%2"]


async def test_what_tmux_refuses_is_said(tmux):
    tmux.says("capture-pane", status=1, complaint="can't find pane: %2")

    with pytest.raises(CommandError, match="can't find pane"):
        await PaneHistory(ServerAddress(socket_name="x")).read("%2", 500)
