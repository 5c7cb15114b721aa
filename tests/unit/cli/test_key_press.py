import os
import termios

import pytest
import trio
import trio.testing

from oma.cli.key_press import pressed_key
from oma.errors import ConfigError


@pytest.fixture
def terminal():
    ours, theirs = os.openpty()
    yield ours, theirs
    os.close(ours)
    os.close(theirs)


async def press(ours, theirs, data):
    pressed = []

    async def read():
        pressed.append(await pressed_key(theirs))

    async with trio.open_nursery() as nursery:
        nursery.start_soon(read)
        await trio.testing.wait_all_tasks_blocked()
        os.write(ours, data)
    return pressed[0]


async def test_a_key_comes_without_enter_and_the_terminal_is_as_before(terminal):
    before = termios.tcgetattr(terminal[1])

    assert await press(*terminal, b"1") == "1"
    assert termios.tcgetattr(terminal[1]) == before


async def test_what_was_typed_before_is_dropped(terminal):
    os.write(terminal[0], b"2\n")
    await trio.lowlevel.wait_readable(terminal[1])

    assert await press(*terminal, b"1") == "1"


async def test_a_paste_is_no_key(terminal):
    assert await press(*terminal, b"12") == "12"


async def test_without_a_terminal_it_is_refused():
    ours, theirs = os.pipe()
    with pytest.raises(ConfigError, match="terminal"):
        await pressed_key(ours)
    os.close(ours)
    os.close(theirs)
