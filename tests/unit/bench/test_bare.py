"""The bare reader finds failures in a stream, wherever a read ends."""

import os
import sys

import pytest

from oma.bench import bare
from oma.bench.bare import _look, _read_all
from oma.errors import OmaError


@pytest.fixture
def stream():
    reading, writing = os.pipe()
    yield reading, writing
    os.close(reading)


class Reads:
    """What `epoll` gives: the stream has something, again and again."""

    def __init__(self, stream):
        self.stream = stream

    def register(self, stream, events):
        """Nothing else is read."""

    def poll(self):
        return [(self.stream, 0)]


def test_a_failure_is_printed_once_also_where_it_comes_in_pieces(stream, monkeypatch, capfd):
    reading, writing = stream
    pieces = iter(
        [b"x error: tr", b"y 3 at 500; ", b"error: try 3 at 500; error: try 4 at 501;", b""]
    )
    monkeypatch.setattr(bare.select, "epoll", lambda: Reads(reading))
    monkeypatch.setattr(bare.os, "read", lambda descriptor, size: next(pieces))
    monkeypatch.setattr(sys, "stdin", os.fdopen(os.dup(reading)))
    os.close(writing)

    _look([reading])
    sys.stdin.close()
    assert capfd.readouterr().out.splitlines() == [
        "ready",
        "error: try 3 at 500;",
        "error: try 4 at 501;",
    ]


async def test_without_a_server_there_is_nothing_to_read(tmp_path, monkeypatch):
    async def none(server):
        return None

    async def version():
        return "3.4"

    monkeypatch.setattr(bare, "find_sessions", none)
    monkeypatch.setattr(bare, "tmux_version", version)
    monkeypatch.setattr(bare, "make_room", lambda: None)

    with pytest.raises(OmaError, match="there is no tmux server at"):
        await _read_all(tmp_path)
