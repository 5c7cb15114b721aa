import os

import pytest

from oma.errors import NotifyError
from oma.runtime.notify.terminal_channel import TerminalChannel
from oma.tmux.address import ServerAddress

CHANNEL = TerminalChannel(ServerAddress(socket_name="x"), "osc777")


async def test_the_terminal_that_was_used_last_notifies(tmux, message):
    ours, theirs = os.openpty()
    os.set_blocking(ours, False)
    last = os.ttyname(theirs)
    tmux.says(
        "list-clients", f"client 0 1 focus x 9 %1 /dev/null\nclient 0 1 focus x 10 %1 {last}\n"
    )

    assert await CHANNEL.send(message) == last

    assert os.read(ours, 200).startswith(b"\x1b]777;notify;fix asks you;Proceed?")
    os.close(ours)
    os.close(theirs)


async def test_without_a_client_it_fails(tmux, message):
    with pytest.raises(NotifyError, match="no client of a user"):
        await CHANNEL.send(message)


async def test_an_answer_that_is_none_fails(tmux, message):
    tmux.says("list-clients", "nonsense\n")

    with pytest.raises(NotifyError, match="neither a pane nor a client"):
        await CHANNEL.send(message)
