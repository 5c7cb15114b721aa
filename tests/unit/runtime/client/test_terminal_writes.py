import os
import select

import pytest

from oma.runtime.client.terminal_writes import TerminalWrites
from tests.unit.runtime.conftest import Terminal


@pytest.fixture
def writes():
    made = TerminalWrites()
    yield made
    made.close()


def test_a_terminal_tells_of_one_write_each_time_it_is_armed(writes, terminal):
    terminal.write()
    assert writes.arm(terminal.path)
    assert writes.take() == set()

    terminal.write()
    assert select.select([writes.fd], [], [], 0)[0] == [writes.fd]
    terminal.write()
    assert writes.take() == {terminal.path}
    terminal.write()
    assert writes.take() == set()

    writes.arm(terminal.path)
    terminal.write()
    assert writes.take() == {terminal.path}


def test_a_terminal_that_goes_is_told_of_once(writes):
    gone = Terminal()
    writes.arm(gone.path)
    gone.close()

    assert writes.take() == {gone.path}
    assert writes.take() == set()


def test_what_is_typed_is_no_write(writes, terminal):
    writes.arm(terminal.path)
    os.write(terminal.master, b"typed")

    assert writes.take() == set()


def test_a_terminal_that_is_not_there_cannot_be_armed(writes):
    assert not writes.arm("/dev/pts/none")


def test_where_the_system_tells_nothing_there_is_an_error(monkeypatch):
    monkeypatch.setattr(os, "O_NONBLOCK", -1)

    with pytest.raises(OSError, match="inotify"):
        TerminalWrites()
