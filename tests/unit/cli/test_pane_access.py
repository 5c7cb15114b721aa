"""How a dashboard reads panes."""

import pytest

from oma.cli.pane_access import copy_here, pane_access
from oma.tmux.address import ServerAddress
from tests.support.fleet_play import SESSION
from tests.support.scripted_tmux import ScriptedTmux
from tests.support.service_store import a_store


@pytest.fixture
def tmux(tmp_path, monkeypatch):
    tmux = ScriptedTmux(tmp_path)
    monkeypatch.setenv("OMA_TMUX", str(tmux.program))
    monkeypatch.delenv("TMUX", raising=False)
    return tmux


async def test_the_pane_of_an_agent_is_read_and_that_of_nobody_is_not(tmux):
    access = pane_access(ServerAddress(socket_name="x"), a_store())
    tmux.says("capture-pane", "hello\n")

    rows = await access.rows(SESSION)
    assert rows[0][0].text == "hello"
    assert await access.rows("$99") is None
    tmux.says("capture-pane", status=1, complaint="can't find pane")
    assert await access.rows(SESSION) is None


async def test_outside_of_tmux_the_terminal_has_to_copy(tmux):
    assert not await copy_here("x")
