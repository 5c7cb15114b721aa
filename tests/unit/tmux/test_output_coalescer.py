from hypothesis import given
from hypothesis import strategies as st

from oma.tmux.notifications import Output, SessionsChanged, Stray
from oma.tmux.output_coalescer import OutputCoalescer, incomplete_tail_bytes

OTHER = SessionsChanged()
PANES = st.sampled_from(["%1", "%2"])
BYTES = st.binary(max_size=5) | st.sampled_from(
    ["€".encode()[:2], "€".encode()[2:], "𝄞".encode()[:3], "𝄞".encode()[3:], b"\xed\xa0", b"\xc3"]
)
BATCHES = st.lists(
    st.lists(st.builds(Output, PANES, BYTES) | st.just(OTHER)),
    max_size=5,
)


def test_one_read_brings_one_output_of_a_pane_between_two_others():
    joined = OutputCoalescer().join(
        [
            Output("%1", b"a"),
            Output("%2", b"b"),
            Output("%1", b"c"),
            OTHER,
            Output("%2", b"d"),
            Stray(b"x"),
        ]
    )

    assert joined == [
        Output("%1", b"ac"),
        Output("%2", b"b"),
        OTHER,
        Output("%2", b"d"),
        Stray(b"x"),
    ]


def test_a_split_character_waits_for_its_rest():
    coalescer = OutputCoalescer()

    assert coalescer.join([Output("%1", b"a\xe2\x82"), OTHER]) == [
        Output("%1", b"a"),
        OTHER,
    ]
    assert coalescer.join([Output("%2", b"\xac")]) == [Output("%2", b"\xac")]
    assert coalescer.join([Output("%1", b"\xac!")]) == [Output("%1", "€!".encode())]


def test_output_that_is_all_held_back_is_no_output():
    assert OutputCoalescer().join([Output("%1", b"\xf0\x9d")]) == []


def test_what_is_held_back_can_be_taken_once():
    coalescer = OutputCoalescer()
    coalescer.join([Output("%1", b"a\xe2\x82")])

    assert coalescer.take_carry("%2") == b""
    assert coalescer.take_carry("%1") == b"\xe2\x82"
    assert coalescer.take_carry("%1") == b""


@given(BATCHES)
def test_every_byte_comes_out_once_and_in_order(batches):
    coalescer = OutputCoalescer()
    joined = [event for batch in batches for event in coalescer.join(batch)]

    for pane in ("%1", "%2"):
        came = b"".join(
            event.data
            for batch in batches
            for event in batch
            if type(event) is Output and event.pane == pane
        )
        went = b"".join(
            event.data for event in joined if type(event) is Output and event.pane == pane
        )
        assert went + coalescer.take_carry(pane) == came


@given(BATCHES)
def test_no_output_passes_another_event(batches):
    coalescer = OutputCoalescer()
    for batch in batches:
        joined = coalescer.join(batch)
        runs = _runs(batch), _runs(joined)

        assert len(runs[0]) == len(runs[1])
        for came, went in zip(*runs, strict=True):
            assert len(went) == len(set(went)) <= len(set(came))


def _runs(events):
    runs = [[]]
    for event in events:
        if event is OTHER:
            runs.append([])
        else:
            runs[-1].append(event.pane)
    return runs


# The second and third bytes of a character change every 64 code points.
BEGINNINGS = {
    chr(point).encode()[:length]
    for point in range(0x80, 0x110000, 64)
    if not 0xD800 <= point <= 0xDFFF
    for length in range(1, len(chr(point).encode()))
}


def held_back(data):
    lengths = range(1, min(3, len(data)) + 1)
    return max((length for length in lengths if data[-length:] in BEGINNINGS), default=0)


@given(st.binary(max_size=8) | st.text(max_size=4).map(lambda text: text.encode()[:-1]))
def test_only_the_beginning_of_a_character_is_held_back(data):
    assert incomplete_tail_bytes(data) == held_back(data)


def test_every_two_bytes_are_judged_by_what_may_follow_them():
    for first in range(256):
        for second in range(256):
            data = bytes((first, second))

            assert incomplete_tail_bytes(data) == held_back(data), data
            assert incomplete_tail_bytes(data + b"\x80") == held_back(data + b"\x80"), data
