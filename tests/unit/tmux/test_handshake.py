"""The order in which a client's handshake is passed on."""

import itertools
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.tmux.handshake import MAX_BYTES, Handshake, HandshakePart

FLAGS, LONG_FLAGS, TERM, STDIN, STDOUT, ENVIRON, DONE, COMMAND = (
    100,
    111,
    101,
    104,
    110,
    105,
    106,
    200,
)


def message(kind, body=b"", mark=0):
    """As tmux up to 3.5a (mark 1) and from 3.6 on (mark 0x8000) writes it."""
    return struct.pack("<IHHII", kind, 16 + len(body), mark, 8, 0xFFFFFFFF) + body


def whole(mark):
    return [
        (message(LONG_FLAGS, b"\0\x20\1\0\0\0\0\0"), []),
        (message(LONG_FLAGS, b"\0\x20\1\0\0\0\0\0") + message(TERM, b"xterm\0"), []),
        (message(STDIN, mark=mark), [7]),
        (message(STDOUT, mark=mark), [8]),
        (message(ENVIRON, b"A=1\0") + message(DONE) + message(COMMAND, b"\1\0\0\0x\0"), []),
    ]


@pytest.mark.parametrize("mark", [1, 0x8000], ids=["3.2 to 3.5a", "3.6 on"])
def test_the_flags_come_last_in_one_piece_with_the_end(mark):
    handshake = Handshake()
    for data, descriptors in whole(mark):
        assert not handshake.complete
        handshake.feed(data, descriptors)

    flags = message(LONG_FLAGS, b"\0\x20\1\0\0\0\0\0")
    assert handshake.complete
    assert handshake.pieces() == [
        HandshakePart(message(TERM, b"xterm\0")),
        HandshakePart(message(STDIN, mark=mark), 7),
        HandshakePart(message(STDOUT, mark=mark), 8),
        HandshakePart(message(ENVIRON, b"A=1\0")),
        HandshakePart(flags + flags + message(DONE) + message(COMMAND, b"\1\0\0\0x\0")),
    ]


@given(st.lists(st.integers(0, 200), max_size=8))
def test_where_the_reads_are_cut_does_not_matter(cuts):
    stream = b"".join(data for data, _ in whole(1))
    at_once, in_parts = Handshake(), Handshake()
    at_once.feed(stream, [7, 8])
    borders = sorted({0, len(stream), *(cut for cut in cuts if cut < len(stream))})
    for start, end in itertools.pairwise(borders):
        in_parts.feed(stream[start:end], [7, 8] if start == 0 else [])

    assert in_parts.pieces() == at_once.pieces()


@given(st.binary(max_size=200))
def test_no_byte_is_lost_whatever_comes(data):
    handshake = Handshake()
    handshake.feed(data, [])

    said = b"".join(piece.data for piece in handshake.pieces())
    assert sorted(said) == sorted(data) or not handshake.complete
    assert len(said) <= len(data)


def test_another_language_is_passed_on_as_it_is():
    handshake = Handshake()
    handshake.feed(b"GET / HTTP/1.1\r\n\r\n", [])

    assert b"".join(piece.data for piece in handshake.pieces()) == b"GET / HTTP/1.1\r\n\r\n"


def test_an_endless_introduction_is_not_held_for_ever():
    handshake = Handshake()
    handshake.feed(message(ENVIRON, b"x" * 60000), [])
    while not handshake.complete:
        handshake.feed(message(ENVIRON, b"x" * 60000) * 10, [])

    assert sum(len(piece.data) for piece in handshake.pieces()) < MAX_BYTES + (1 << 20)
