from pathlib import Path

import pytest

from oma.errors import CommandError
from oma.runtime.display.attach import own_client, runs_inside, switch_to
from oma.tmux.address import ServerAddress

SERVER = ServerAddress(socket_path="/s")
INSIDE = {"TMUX": "/s,7,0", "TMUX_PANE": "%0"}


@pytest.mark.parametrize(
    ("environ", "inside"), [(INSIDE, True), (INSIDE | {"TMUX": "/other,7,0"}, False), ({}, False)]
)
def test_we_are_inside_where_the_server_is_that_of_our_pane(environ, inside):
    assert runs_inside(Path("/s"), environ) is inside


@pytest.mark.parametrize(
    ("clients", "own"),
    [
        ("0 100 /dev/pts/1\n0 200 /dev/pts/2\n", "/dev/pts/2"),
        ("1 300 \n0 100 /dev/pts/1\n", "/dev/pts/1"),
        ("1 300 \n", None),
        ("", None),
    ],
)
async def test_of_those_who_look_at_our_pane_the_one_at_the_keyboard_is_meant(tmux, clients, own):
    tmux.says("list-clients", clients)

    assert await own_client(SERVER, INSIDE) == own
    assert tmux.asked[0][:3] == ["list-clients", "-t", "%0"]


async def test_where_there_is_no_server_nobody_looks(tmux):
    tmux.says("list-clients", "0 100 /dev/pts/1\n", status=1, complaint="no server")

    assert await own_client(SERVER, INSIDE) is None


async def test_a_pane_that_nobody_looks_at_cannot_be_switched(tmux):
    with pytest.raises(CommandError, match="no client shows this pane"):
        await switch_to(SERVER, "$1", INSIDE)


async def test_the_client_that_looks_at_us_is_switched(tmux):
    tmux.says("list-clients", "0 100 /dev/pts/1\n")

    await switch_to(SERVER, "$1", INSIDE)

    switches = [words for words in tmux.asked if "switch-client" in words]
    assert [words[words.index("switch-client") :] for words in switches] == [
        ["switch-client", "-E", "-c", "/dev/pts/1", "-t", "$1"]
    ]
