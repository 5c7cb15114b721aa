"""Who has the terminal, and what is heard from it."""

import os
from contextlib import contextmanager

import attrs
import pytest
import trio

from oma.tui.inputs import Click, Key
from oma.tui.listening import Listening


@attrs.define
class Piped:
    """A painter whose keys are the letters that come through a pipe."""

    reading: int
    writing: int
    is_lent: bool = False

    def inputs(self):
        os.set_blocking(self.reading, False)
        try:
            return [Key(letter) for letter in os.read(self.reading, 100).decode()] or None
        except BlockingIOError:
            return None

    @contextmanager
    def lent(self):
        self.is_lent = True
        try:
            yield
        finally:
            self.is_lent = False

    def fileno(self):
        return self.reading


@pytest.fixture
def painter(monkeypatch):
    reading, writing = os.pipe()
    piped = Piped(reading, writing)
    monkeypatch.setattr("sys.stdin", piped)
    yield piped
    os.close(reading)
    os.close(piped.writing)


async def test_inputs_come_in_order_and_none_that_is_typed_for_another_program(
    autojump_clock, painter
):
    listening, heard = Listening(painter), []
    async with trio.open_nursery() as nursery:
        nursery.start_soon(listening.run, heard.append)
        os.write(painter.writing, b"ab")
        await trio.sleep(0.1)
        async with listening.lend():
            assert (painter.is_lent, listening.at_home) == (True, False)
            os.write(painter.writing, b"c")
            await trio.sleep(0.1)
            assert heard == [Key("a"), Key("b")]
            os.read(painter.reading, 1)  # by the other program
        assert (painter.is_lent, listening.at_home) == (False, True)
        os.write(painter.writing, b"d")
        await trio.sleep(0.1)
        nursery.cancel_scope.cancel()

    assert heard == [Key("a"), Key("b"), Key("d")]


async def test_a_terminal_that_is_gone_is_not_listened_to_for_ever(painter):
    os.dup2(os.open(os.devnull, os.O_WRONLY), painter.writing)

    await Listening(painter).run(lambda _: None)


async def test_two_clicks_in_one_place_are_a_double_click_if_they_are_soon(autojump_clock):
    listening = Listening(None)

    assert [listening.doubled(Click(1, 1)).double for _ in range(2)] == [False, True]
    assert not listening.doubled(Click(2, 1)).double
    await trio.sleep(1)
    assert not listening.doubled(Click(2, 1)).double
