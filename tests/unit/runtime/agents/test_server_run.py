"""A run of a server is known by its process and its start."""

from oma.runtime.agents.server_run import server_run
from oma.tmux.address import ServerAddress
from tests.support.scripted_tmux import ScriptedTmux


async def test_it_is_what_tmux_says(tmp_path, monkeypatch):
    tmux = ScriptedTmux(tmp_path)
    monkeypatch.setenv("OMA_TMUX", str(tmux.program))
    tmux.says("display-message", "12-1700000000\n")
    assert await server_run(ServerAddress(None, "/s")) == "12-1700000000"
