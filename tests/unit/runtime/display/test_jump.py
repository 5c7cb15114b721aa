import attrs

from oma.runtime.display import jump as module
from oma.runtime.display.jump import jump, select_agent, shown_pane
from oma.tmux.address import ServerAddress
from tests.unit.tui.fleets import agent

SERVER = ServerAddress(socket_name="x")
FOUND = agent(1, window="@2")


async def test_its_window_and_pane_are_in_front(tmux):
    await select_agent(SERVER, FOUND)

    assert tmux.asked == [["select-window", "-t", "$1:@2", ";", "select-pane", "-t", "%1"]]


async def test_one_without_a_known_place_is_left_alone(tmux):
    await select_agent(SERVER, attrs.evolve(FOUND, window=None))

    assert tmux.asked == []


async def test_the_client_of_the_user_goes_there(tmux, monkeypatch):
    shown = []

    async def switch_to(server, session, environ):
        shown.append(session)

    monkeypatch.setattr(module, "switch_to", switch_to)
    await jump(SERVER, FOUND)

    assert shown == ["$1"]


async def test_a_client_that_is_named_goes_there(tmux, monkeypatch):
    shown = []

    async def switch_view(socket, terminal, session, flags):
        shown.append((terminal, session, flags))

    monkeypatch.setattr(module, "switch_view", switch_view)
    await jump(SERVER, FOUND, "/dev/pts/3")

    assert shown == [("/dev/pts/3", "$1", "")]


async def test_the_pane_that_a_client_shows_is_found_by_its_terminal(tmux):
    tmux.says("list-clients", "%4 /dev/pts/30\n%7 /dev/pts/3\n")

    assert await shown_pane(SERVER, "/dev/pts/3") == "%7"
    assert await shown_pane(SERVER, "/dev/pts/4") is None


async def test_without_a_name_it_is_the_pane_we_run_in(tmux, monkeypatch):
    monkeypatch.setenv("TMUX", "/tmp/tmux-1/default,1,0")
    monkeypatch.setenv("TMUX_PANE", "%5")

    assert await shown_pane(SERVER) == "%5"
    monkeypatch.delenv("TMUX_PANE")
    assert await shown_pane(SERVER) is None
