"""One look, where there is no server, none that answers, or none to attach to."""

from pathlib import Path

import pytest

from oma.errors import OmaError
from oma.runtime.monitor.single_look import take_single_look
from oma.store.store import Store
from oma.tmux.address import ServerAddress
from tests.support.fleet_play import empty
from tests.support.scripted_tmux import ScriptedTmux


@pytest.fixture
def tmux(tmp_path, monkeypatch):
    tmux = ScriptedTmux(tmp_path)
    tmux.says("-V", "tmux 3.4\n")
    monkeypatch.setenv("OMA_TMUX", str(tmux.program))
    return tmux


async def look():
    store = Store(empty().fleet, lambda: 0.0)
    address = ServerAddress(socket_path="x")
    await take_single_look(address, Path("x"), lambda name: True, lambda row: True, (), store)
    return store


async def test_without_a_server_nothing_is_logged(tmux):
    tmux.says("list-sessions", status=1, complaint="no server running on x")

    store = await look()
    assert (store.seq, store.state.has_server) == (0, False)


async def test_a_server_without_a_session_is_one(tmux):
    tmux.says("list-sessions", "")
    tmux.says("list-panes", "")

    store = await look()
    assert (store.seq, store.state.tmux) == (1, "3.4")


async def test_a_tmux_that_is_too_old_is_refused(tmux):
    tmux.says("-V", "tmux 2.1\n")

    with pytest.raises(ExceptionGroup) as refused:
        await look()
    assert refused.group_contains(OmaError, match="tmux 2.1 is too old")
