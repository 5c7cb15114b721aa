from hypothesis import given
from hypothesis import strategies as st

from oma.tui.terminal_input.pastes import (
    BEGIN,
    END,
    MOST_BYTES,
    Pasted,
    PasteSplitter,
    Typed,
)


def fed(*chunks):
    splitter = PasteSplitter()
    return [found for chunk in chunks for found in splitter.feed(chunk)]


def test_keys_pass_as_they_are_and_a_paste_is_one_text():
    assert fed(b"a\x1b[A" + BEGIN + "z\né".encode() + END + b"\r") == [
        Typed(b"a\x1b[A"),
        Pasted("z\né"),
        Typed(b"\r"),
    ]


def test_a_key_that_a_mark_begins_like_is_not_waited_for():
    assert fed(b"\x1b") == [Typed(b"\x1b")]
    assert fed(b"\x1b[") == [Typed(b"\x1b[")]
    assert fed(b"\x1b[2", b"~") == [Typed(b"\x1b[2~")]


def test_a_paste_has_an_end():
    assert fed(BEGIN + b"x" * (MOST_BYTES + 5), b"y" + END + b"z") == [
        Pasted("x" * MOST_BYTES),
        Typed(b"z"),
    ]


@given(
    st.lists(st.text("a\x1b[20~1é", max_size=12), max_size=4),
    st.lists(st.integers(0, 60), max_size=4),
)
def test_it_does_not_matter_where_a_paste_is_cut(pieces, cuts):
    texts = [piece.replace("\x1b", "") for piece in pieces]
    data = b"".join(BEGIN + text.encode() + END for text in texts)
    places = sorted({0, len(data), *(cut for cut in cuts if 3 <= cut < len(data))})
    safe = [
        place
        for place in places
        if data[place - 1 : place] != b"\x1b" and data[place - 2 : place] != b"\x1b["
    ]
    chunks = [data[a:b] for a, b in zip([0, *safe], [*safe, len(data)], strict=True)]

    assert fed(*chunks) == [Pasted(text) for text in texts]
