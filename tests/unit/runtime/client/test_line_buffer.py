import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.runtime.client.line_buffer import BoundedLineBuffer, LongLineError


@given(st.lists(st.binary(max_size=6).map(lambda b: b.replace(b"x", b"\n")), max_size=12))
def test_lines_are_the_same_wherever_they_are_cut(chunks):
    buffer = BoundedLineBuffer(100)
    found = [line for chunk in chunks for line in buffer.feed(chunk)]

    assert found == b"".join(chunks).split(b"\n")[:-1]


@pytest.mark.parametrize("chunks", [[b"12345"], [b"123", b"45"], [b"12345\n"], [b"12", b"345\n"]])
def test_a_line_that_is_too_long_is_refused(chunks):
    buffer = BoundedLineBuffer(4)
    *before, last = chunks
    assert [buffer.feed(chunk) for chunk in before] == [[] for _ in before]
    with pytest.raises(LongLineError):
        buffer.feed(last)
