from hypothesis import given
from hypothesis import strategies as st

from oma.screen.synchronized import SynchronizedUpdate

BEGIN, END = b"\x1b[?2026h", b"\x1b[?2026l"
pieces = st.lists(
    st.sampled_from([BEGIN, END, b"text", b"\x1b[?202", b"\x1b[?25h", b"\x1b", b"h"])
)


def after(*chunks):
    update = SynchronizedUpdate()
    for chunk in chunks:
        update.take(chunk)
    return update.is_open, update.is_whole


def test_a_frame_is_open_from_its_beginning_to_its_end():
    assert after(b"before") == (False, False)
    assert after(BEGIN + b"half") == (True, False)
    assert after(BEGIN + b"half", b" and half") == (True, False)
    assert after(BEGIN + b"half", b" and half" + END) == (False, True)


def test_a_frame_is_whole_only_while_nothing_follows_it():
    assert after(BEGIN + END + b"more") == (False, False)
    assert after(BEGIN + END, b"more") == (False, False)
    assert after(BEGIN + END + BEGIN) == (True, False)


@given(pieces, st.data())
def test_it_does_not_matter_where_output_is_cut(parts, data):
    output = b"".join(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(output)), max_size=5)))
    chunks = [output[a:b] for a, b in zip([0, *cuts], [*cuts, len(output)], strict=True)]

    assert after(*[chunk for chunk in chunks if chunk]) == after(*([output] if output else []))


@given(st.lists(st.binary(max_size=20), max_size=10))
def test_what_is_kept_of_any_output_is_bounded(chunks):
    update = SynchronizedUpdate()
    for chunk in chunks:
        update.take(chunk)

        assert len(update.cut) < len(BEGIN)
