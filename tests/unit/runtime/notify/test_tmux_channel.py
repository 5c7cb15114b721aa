import os

import pytest

from oma.errors import NotifyError
from oma.runtime.notify.tmux_channel import TmuxChannel
from oma.tmux.address import ServerAddress

SERVER = ServerAddress(socket_name="x")
TWO = (
    "client 0 1 focus attached,focused 100 %1 /dev/pts/1\nclient 0 1 focus attached 100 %1 /dev/pts/2\n"
    "client 1 1 focus attached 100 %1 client-7\n"
)


async def test_every_client_of_the_user_shows_the_message(tmux, message):
    tmux.says("list-clients", TWO)

    assert await TmuxChannel(SERVER).send(message) == "/dev/pts/1, /dev/pts/2"
    assert tmux.asked[1:] == [
        ["display-message", "-c", f"/dev/pts/{n}", "--", "fix asks you: Proceed? · 1. Yes"]
        for n in (1, 2)
    ]


async def test_without_a_client_or_against_a_refusal_it_fails(tmux, message):
    with pytest.raises(NotifyError, match="no client of a user"):
        await TmuxChannel(SERVER).send(message)

    tmux.says("display-message", status=1, complaint="can't find client\n")
    tmux.says("list-clients", TWO)
    with pytest.raises(NotifyError, match="can't find client"):
        await TmuxChannel(SERVER).send(message)


async def test_the_bell_rings_where_that_is_asked_for(tmux, message):
    ours, theirs = os.openpty()
    os.set_blocking(ours, False)
    tmux.says("list-clients", f"client 0 1 focus focused 1 %1 {os.ttyname(theirs)}\n")

    await TmuxChannel(SERVER).send(message)
    with pytest.raises(BlockingIOError):
        os.read(ours, 10)
    await TmuxChannel(SERVER, rings=True).send(message)

    assert os.read(ours, 10) == b"\a"
    os.close(ours)
    os.close(theirs)
