import os

import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from oma.errors import ProtocolError
from oma.runtime.client.read_turns import SILENT_S, TURN_S, ReadTurns


@pytest.fixture
def pipe():
    read, write = os.pipe()
    os.set_blocking(read, False)
    yield read, write
    os.close(read)
    os.close(write)


async def test_what_clients_say_is_read_in_turns_until_one_says_something_else(
    pipe, nursery, autojump_clock
):
    (read, write), turns, said = pipe, ReadTurns(), []

    def take():
        said.append((trio.current_time(), os.read(read, 100)))
        return said[-1][1] != b"new"

    nursery.start_soon(turns.run)
    nursery.start_soon(turns.take_part, read, take)
    for data in (b"one", b"two", b"new"):
        await wait_all_tasks_blocked()
        os.write(write, data)
        await trio.sleep(TURN_S * 1.5)
    os.write(write, b"more")
    await trio.sleep(TURN_S * 5)

    assert [data for _, data in said] == [b"one", b"two", b"new"]
    assert turns._readers == {}


async def test_a_client_that_says_nothing_leaves_and_nothing_ticks(pipe, nursery, autojump_clock):
    turns = ReadTurns()
    nursery.start_soon(turns.run)

    began_s = trio.current_time()
    await turns.take_part(pipe[0], lambda: True)

    assert SILENT_S < trio.current_time() - began_s < 1.3 * SILENT_S + TURN_S
    await wait_all_tasks_blocked()
    assert turns._lot.statistics().tasks_waiting == 1


async def test_what_is_no_control_mode_is_the_error_of_its_client_alone(
    pipe, nursery, autojump_clock
):
    turns = ReadTurns()

    def fail():
        raise ProtocolError("not tmux")

    nursery.start_soon(turns.run)
    os.write(pipe[1], b"x")
    with pytest.raises(ProtocolError, match="not tmux"):
        await turns.take_part(pipe[0], fail)

    os.read(pipe[0], 1)
    os.write(pipe[1], b"y")
    said = []
    await turns.take_part(pipe[0], lambda: said.append(os.read(pipe[0], 1)) is not None)
    assert said == [b"y"]


async def test_a_client_that_is_cancelled_is_forgotten(pipe, nursery, autojump_clock):
    turns = ReadTurns()
    nursery.start_soon(turns.run)

    with trio.move_on_after(TURN_S * 2):
        await turns.take_part(pipe[0], lambda: True)

    assert turns._readers == {}
    os.write(pipe[1], b"x")
    await trio.sleep(TURN_S * 3)
