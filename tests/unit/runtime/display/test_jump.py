import attrs

from oma.runtime.display import jump as module
from oma.runtime.display.jump import jump, select_agent
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
