"""Who has the terminal, and what is read from it."""

import os
import signal
from contextlib import contextmanager

import attrs
import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from oma.tui.input_reader import InputReader
from oma.tui.inputs import Background, Click, Key, Paste
from oma.tui.terminal_input.decoder import ESCAPE_S


@attrs.define
class Piped:
    """A painter whose terminal is a pipe."""

    input_fileno: int
    writing: int
    key_sequences: dict = attrs.Factory(dict)
    is_suspended: bool = False

    def read(self):
        os.set_blocking(self.input_fileno, False)
        try:
            return os.read(self.input_fileno, 100)
        except BlockingIOError:
            return None

    @contextmanager
    def suspended(self):
        self.is_suspended = True
        try:
            yield
        finally:
            self.is_suspended = False

    def type(self, data):
        os.write(self.writing, data)


@pytest.fixture
def painter():
    reading, writing = os.pipe()
    piped = Piped(reading, writing)
    yield piped
    os.close(reading)
    os.close(piped.writing)


@pytest.fixture
async def read(autojump_clock, painter, nursery):
    """What an `InputReader` on the painter has given so far."""
    found = []
    reader = InputReader(painter)
    nursery.start_soon(reader.run, found.append)
    return attrs.make_class("Read", ["reader", "inputs"])(reader, found)


async def test_inputs_come_in_order_and_none_that_is_typed_for_another_program(painter, read):
    painter.type(b"ab")
    await trio.sleep(0.1)
    async with read.reader.suspended():
        assert (painter.is_suspended, read.reader.owns_terminal) == (True, False)
        painter.type(b"c")
        await trio.sleep(0.1)
        assert read.inputs == [Key("a"), Key("b")]
        os.read(painter.input_fileno, 1)  # by the other program
    assert (painter.is_suspended, read.reader.owns_terminal) == (False, True)
    painter.type(b"d")
    await trio.sleep(0.1)

    assert read.inputs == [Key("a"), Key("b"), Key("d")]


async def test_an_escape_is_a_key_after_a_moment_and_what_comes_in_it_is_its_rest(
    mock_clock, painter, nursery
):
    found = []
    nursery.start_soon(InputReader(painter).run, found.append)
    await wait_all_tasks_blocked()
    for data, later_s, inputs in [
        (b"\x1b", 0.9 * ESCAPE_S, []),
        (b"x", 0.0, [Key("M-x")]),
        (b"\x1b", ESCAPE_S, [Key("M-x"), Key("Escape")]),
    ]:
        painter.type(data)
        await wait_all_tasks_blocked()
        mock_clock.jump(later_s)
        await wait_all_tasks_blocked()
        assert found == inputs


async def test_what_had_begun_is_forgotten_when_another_program_had_the_terminal(painter, read):
    painter.type(b"\x1b[200~half a paste")
    await trio.sleep(0.1)
    async with read.reader.suspended():
        await trio.sleep(0.1)
    painter.type(b"j")
    await trio.sleep(0.1)

    assert read.inputs == [Key("j")]


@pytest.mark.parametrize(
    ("typed", "number"),
    [(b"\x03", signal.SIGINT), (b"\x1c", signal.SIGQUIT), (b"\x1b[99;5u", signal.SIGINT)],
)
async def test_keys_that_a_terminal_makes_signals_of_are_those_signals(
    painter, read, typed, number
):
    with trio.open_signal_receiver(number) as signals:
        painter.type(typed)
        assert await anext(signals) == number
        painter.type(b"\x1b[200~" + typed + b"\x1b[201~")
        await trio.sleep(0.1)

    assert [type(each) for each in read.inputs] == [Paste]


async def test_an_answer_of_the_terminal_is_no_key(painter, read):
    painter.type(b"\x1b]11;rgb:ffff/ffff/0000\x1b\\j")
    await trio.sleep(0.1)

    assert read.inputs == [Background(1.0, 1.0, 0.0), Key("j")]


async def test_a_terminal_that_is_gone_is_not_read_for_ever(painter):
    os.dup2(os.open(os.devnull, os.O_WRONLY), painter.writing)

    await InputReader(painter).run(lambda _: None)


async def test_two_clicks_in_one_place_are_a_double_click_if_they_are_soon(
    autojump_clock, painter
):
    reader = InputReader(painter)

    assert [reader.doubled(Click(1, 1)).double for _ in range(2)] == [False, True]
    assert not reader.doubled(Click(2, 1)).double
    await trio.sleep(1)
    assert not reader.doubled(Click(2, 1)).double
