"""Pieces of a connection that listens, and the turns in which it is read."""

import math

import pytest
import trio

from oma.runtime.fleet import pushed_pieces as module
from oma.runtime.fleet.pushed_pieces import TURN_S, TurnedStream, pushed_pieces


class Bytes:
    """A stream on which something stands ready at all times."""

    def __init__(self, *data):
        self.data, self.sent = list(data), []

    async def receive(self, max_bytes=0):
        assert max_bytes
        return self.data.pop(0)

    async def send(self, item):
        self.sent.append(item)


class Connection:
    """What `coredis` gives, as far as it is used."""

    def __init__(self, *messages):
        self.messages, self.commands, self.stream, self.is_valid = messages, [], Bytes(), True

    @property
    async def push_messages(self):
        for each in self.messages:
            yield each
        await trio.sleep_forever()

    @property
    async def streamed_messages(self):
        await trio.sleep_forever()
        yield

    def send_command(self, *command):
        self.commands.append(command)

    def invalidate(self):
        self.is_valid = False


async def test_what_comes_after_a_while_is_read_at_once_and_what_follows_in_turns(autojump_clock):
    stream = TurnedStream(Bytes(b"a", b"b", b"c"))
    moments = []
    for wait_s in (0.0, 0.0, 1.0):
        await trio.sleep(wait_s)
        began_s = trio.current_time()
        await stream.receive()
        moments.append(round(trio.current_time() - began_s, 6))
    assert moments == [0.0, TURN_S, 0.0]
    await stream.send(b"out")
    assert stream.inner.sent == [b"out"]


async def test_where_there_is_more_it_is_read_without_a_turn(autojump_clock):
    stream = TurnedStream(Bytes(b"12", b"34", b"5"))
    began_s = trio.current_time()
    assert [await stream.receive(2) for _ in range(3)] == [b"12", b"34", b"5"]
    assert trio.current_time() == began_s


async def test_pieces_alone_are_given_and_the_connection_is_of_no_use_afterwards(monkeypatch):
    monkeypatch.setattr(module, "_MOST_BYTES", 5)
    connection = Connection(
        [b"psubscribe", b"news:*", 1],
        [b"pmessage", b"news:*", b"news:box", b"longer"],
        [b"pmessage", b"news:*", b"news:box", 7],
        [b"message", b"news:box", b"one"],
        [b"pmessage", b"news:*", b"news:b\xff", b"one"],
    )
    async with pushed_pieces(connection, "news:", math.inf) as pieces:
        assert isinstance(connection.stream, TurnedStream)
        found = await anext(aiter(pieces))
    assert found == ("b\N{REPLACEMENT CHARACTER}", b"one")
    assert connection.commands == [(b"PSUBSCRIBE", "news:*")]
    assert not connection.is_valid


async def test_an_engine_that_does_not_confirm_is_not_waited_for(autojump_clock):
    connection = Connection()
    with pytest.raises(trio.TooSlowError):
        async with pushed_pieces(connection, "news:", 5.0):
            pass
    assert not connection.is_valid
