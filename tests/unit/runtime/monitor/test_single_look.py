"""One look, where there is no server, where it has nothing, and where panes end meanwhile."""

import pytest

from oma.errors import OmaError
from oma.runtime.monitor.single_look import take_single_look
from oma.store.store import Store
from oma.tmux.address import ServerAddress
from tests.support.fleet_play import empty
from tests.support.scripted_tmux import ScriptedTmux
from tests.support.wire_events import listed


@pytest.fixture
def tmux(tmp_path, monkeypatch):
    tmux = ScriptedTmux(tmp_path)
    tmux.says("-V", "tmux 3.4\n")
    monkeypatch.setenv("OMA_TMUX", str(tmux.program))
    return tmux


def look():
    store = Store(empty().fleet, lambda: 0.0)
    address = ServerAddress(socket_path="x")
    take_single_look(address, lambda name: True, lambda row: True, (), store)
    return store


def test_without_a_server_nothing_is_logged(tmux):
    tmux.says("list-sessions", status=1, complaint="no server running on x")

    store = look()
    assert (store.seq, store.state.has_server) == (0, False)


def test_a_server_without_a_session_is_one(tmux):
    tmux.says("list-sessions", "")
    tmux.says("list-panes", "")

    store = look()
    assert (store.seq, store.state.tmux) == (1, "3.4")


def test_a_tmux_that_is_too_old_is_refused(tmux):
    tmux.says("-V", "tmux 2.1\n")

    with pytest.raises(OmaError, match=r"tmux 2\.1 is too old"):
        look()


def test_a_pane_that_ends_before_it_is_captured_costs_no_other(tmux):
    tmux.says("list-sessions", "\t".join(["$1", "a", "off", "1", "3.4"]))
    tmux.says("capture-pane", status=1, complaint="can't find pane: %1")
    tmux.says("list-panes", listed())

    assert [agent.name for agent in look().state.agents] == ["oma-1"]


def test_a_server_that_ends_meanwhile_is_no_server_without_screens(tmux):
    tmux.says("list-sessions", "\t".join(["$1", "a", "off", "1", "3.4"]))
    tmux.says("capture-pane", status=1, complaint="server exited unexpectedly")
    tmux.says("list-panes", "\n".join(listed(pane=f"%{number}") for number in range(9)))

    with pytest.raises(OmaError, match="tmux does not answer: server exited"):
        look()
