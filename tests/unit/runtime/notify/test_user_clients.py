import os

import pytest

from oma.errors import NotifyError
from oma.runtime.notify.user_clients import (
    PRESENT_S,
    list_user_clients,
    looked_at,
    panes_looked_at,
    write_to_terminal,
)
from oma.tmux.address import ServerAddress
from oma.tmux.queries.client_rows import UserClient

SERVER = ServerAddress(socket_name="x")
LINE = "client 0 1 focus attached,focused 100 %1 /dev/pts/1\n"


@pytest.mark.parametrize(
    ("focused", "idle_s", "looks"),
    [
        (True, 10_000, True),
        (False, 0, False),
        (None, PRESENT_S, True),
        (None, PRESENT_S + 1, False),
    ],
)
def test_who_has_the_focus_looks_and_else_who_pressed_a_key_lately(focused, idle_s, looks):
    clients = [UserClient("/dev/pts/1", "%1", focused, 1000 - idle_s)]

    assert looked_at(clients, 1000.0) == ({"%1"} if looks else set())


async def test_tmux_is_asked_once_for_all_clients(tmux):
    tmux.says("list-clients", f"pane /dev/pts/2\n{LINE}")

    assert await panes_looked_at(SERVER, 0.0) == {"%1"}
    assert len(tmux.asked) == 1


async def test_nobody_looks_where_there_is_no_server_or_no_answer_to_rely_on(tmux):
    tmux.says("list-clients", "nonsense\n")
    assert await panes_looked_at(SERVER, 0.0) == frozenset()

    tmux.says("list-clients", status=1, complaint="no server\n")
    assert await list_user_clients(SERVER) == ()


def test_a_terminal_gets_what_is_written():
    ours, theirs = os.openpty()
    os.set_blocking(ours, False)

    write_to_terminal(os.ttyname(theirs), b"\x1b]9;x\x07")

    assert os.read(ours, 100) == b"\x1b]9;x\x07"
    os.close(ours)
    os.close(theirs)


def test_what_is_no_terminal_is_not_written_to(tmp_path):
    file = tmp_path / "file"
    file.touch()

    with pytest.raises(NotifyError, match="no terminal of this user"):
        write_to_terminal(str(file), b"x")
    assert file.read_bytes() == b""
    with pytest.raises(NotifyError, match="No such file"):
        write_to_terminal(str(tmp_path / "none"), b"x")
