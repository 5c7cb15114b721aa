from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.errors import ProtocolError
from oma.tmux.lines import LineBuffer


@given(st.lists(st.binary(max_size=12), max_size=12))
def test_the_borders_between_reads_do_not_matter(chunks):
    whole = b"".join(chunks)
    buffer = LineBuffer()
    lines = [line for chunk in chunks for line in buffer.feed(chunk)]

    assert lines == whole.split(b"\n")[:-1]
    assert buffer.pending_bytes == len(whole.split(b"\n")[-1])


@given(st.integers(min_value=1, max_value=8), st.integers(min_value=0, max_value=9))
def test_a_line_is_refused_by_its_length_alone_however_it_arrives(before, cut):
    longest = b"x" * 4
    data = b"ab\n" * before + longest + b"x\n"

    for size in (1, 2, cut + 1, len(data)):
        buffer = LineBuffer(max_line_bytes=4)
        chunks = [data[at : at + size] for at in range(0, len(data), size)]
        with pytest.raises(ProtocolError, match="more than 4 bytes"):
            deque(map(buffer.feed, chunks), maxlen=0)


@pytest.mark.parametrize("size", [1, 3, 100])
def test_a_line_of_the_longest_length_passes(size):
    data = b"ab\nxxxx\nxxxx\n"
    buffer = LineBuffer(max_line_bytes=4)

    chunks = [data[at : at + size] for at in range(0, len(data), size)]
    assert [line for chunk in chunks for line in buffer.feed(chunk)] == [b"ab", b"xxxx", b"xxxx"]


def test_a_line_without_end_is_refused_before_it_ends():
    buffer = LineBuffer(max_line_bytes=4)
    buffer.feed(b"xxxx")

    with pytest.raises(ProtocolError):
        buffer.feed(b"x")
