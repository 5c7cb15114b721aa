from pathlib import Path

import pytest
import trio
import trio.lowlevel

from oma.errors import CommandError
from oma.runtime.agents.pane_lock import pane_lock

SOCKET = Path("/tmp/none/default")


@pytest.fixture
def runtime(tmp_path_factory):
    """A directory of a short name: only such ones count."""
    return tmp_path_factory.mktemp("r")


@pytest.fixture
def environ(runtime):
    return {"XDG_RUNTIME_DIR": str(runtime)}


async def test_one_at_a_time_has_the_lock_of_a_pane(environ):
    order = []

    async def send(name):
        async with pane_lock(SOCKET, "%1", environ):
            order.append(f"{name} begins")
            await trio.lowlevel.checkpoint()
            order.append(f"{name} ends")

    async with trio.open_nursery() as nursery:
        for name in "abc":
            nursery.start_soon(send, name)

    assert sorted(order[::2]) == ["a begins", "b begins", "c begins"]
    assert [line.replace("begins", "ends") for line in order[::2]] == order[1::2]


async def test_other_panes_and_other_servers_have_locks_of_their_own(environ):
    async with (
        pane_lock(SOCKET, "%1", environ),
        pane_lock(SOCKET, "%2", environ),
        pane_lock(SOCKET.with_name("other"), "%1", environ),
    ):
        pass


async def test_no_file_is_left_behind_also_after_a_failure(environ, runtime):
    with pytest.raises(ValueError, match="x"):
        async with pane_lock(SOCKET, "%1", environ):
            raise ValueError("x")

    assert list((runtime / "oma").iterdir()) == []


async def test_who_waits_too_long_is_told_that_nothing_was_sent(environ, autojump_clock):
    async with pane_lock(SOCKET, "%1", environ):
        with pytest.raises(CommandError, match="another oma is typing into this agent: nothing"):
            async with pane_lock(SOCKET, "%1", environ):
                pytest.fail("two have it")
