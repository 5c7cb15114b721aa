"""Bytes of a terminal become keys, clicks and pastes, however they are cut into reads."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.tui.inputs import Background, Click, Key, Paste
from oma.tui.terminal_input.decoder import ESCAPE_S, PASTE_S, SEQUENCE_S, InputDecoder

START, END = b"\x1b[200~", b"\x1b[201~"
KNOWN = {b"\x1b\t": "BackTab", b"\x1b[3$": "S-Delete", b"\x1bA": "Up"}


def decoded(*reads, known=KNOWN):
    """All inputs of these reads, between which no time passes."""
    decoder = InputDecoder(known)
    return [each for read in reads for each in decoder.feed(read)]


def keys(*names):
    return [Key(name) for name in names]


SNIPPETS = [
    b"j", b"\r", b"\x7f", b"\x1b", b"\x1bx", b"\x1b\r", b"\x1b[A", b"\x1bOA", b"\x1bOx", b"\x1bO5A",
    b"\x1b[1;5C", b"\x1b[3~", b"\x1b[3;2~", b"\x1b[[A", b"\x1b\t", b"\x1b[3$", b"\x1bA", b"\x1b\x1b[A",
    b"\x1b[27;2;13~", b"\x1b[105;5u", b"\x1b[97;1:3u", b"\x1b[97:65;2u", b"\x1b[?1;2c", b"\x1b[I",
    b"\x1b[<0;5;4M", b"\x1b[<0;5;4m", b"\x1b[<64;5;4M", b"\x1b[M !!", b"\x1b[1;2 q", b"\x1b[200~",
    b"\x1b[201~", b"\x1b]11;rgb:ffff/0000/8080\x1b\\", b"\x1b]11;rgb:ff/00/80\x07", b"\x1b]x",
    b"\x1bP>|term\x1b\\", b"\x1b_Gi=1;OK\x1b\\", "é日🫨\u200d\u0301".encode(), b"\xff", b"\xc3", b"\x9b",
    b"[200~", b"~", b";", b"1", b"\x18", b"\x00", b"\\", b"\x1b\xc3\xa9",
]  # fmt: skip

STREAMS = st.lists(st.sampled_from(SNIPPETS) | st.binary(max_size=4), max_size=12).map(b"".join)
CUTS = st.lists(st.integers(0, 120), max_size=12)


def cut(whole, places):
    """The bytes in the reads that these cuts make."""
    places = sorted({0, len(whole), *(place for place in places if place < len(whole))})
    return [whole[start:end] for start, end in pairwise(places)]


@given(STREAMS, CUTS)
def test_no_cut_changes_what_is_read(stream, places):
    assert decoded(*cut(stream, places)) == decoded(stream)


@given(st.lists(st.binary(max_size=40) | st.none(), max_size=12))
def test_no_bytes_and_no_silence_are_an_error(reads):
    decoder = InputDecoder(KNOWN)
    for read in reads:
        found = decoder.expire() if read is None else decoder.feed(read)
        assert all(isinstance(each, Key | Click | Paste | Background) or each for each in found)


TEXTS = st.text("Kqy1[~201\n\t\x03\x1a\x1c🫨\u200d", max_size=12)


@given(TEXTS, CUTS, st.sets(st.integers(0, 12)))
def test_nothing_of_a_paste_is_a_key_however_slowly_it_comes(text, places, silences):
    decoder = InputDecoder()
    found = decoder.feed(START)
    for number, read in enumerate(cut(text.encode() + END, places)):
        if number in silences and not read.startswith(b"\x03"):
            found += decoder.expire()
        found += decoder.feed(read)

    assert found == [Paste(text)]


@given(STREAMS, st.binary(max_size=10))
def test_what_is_skipped_leaves_no_state_behind(stream, rest):
    decoder = InputDecoder(KNOWN)
    decoder.feed(stream)
    decoder.reset()

    assert decoder.wait_s is None
    assert decoder.feed(rest) == decoded(rest)


def test_an_escape_alone_is_a_key_when_its_time_is_up():
    decoder = InputDecoder()

    assert decoder.feed(b"j\x1b") == keys("j")
    assert decoder.wait_s == ESCAPE_S
    assert decoder.expire() == keys("Escape")
    assert decoder.wait_s is None
    assert decoder.feed(b"x") == keys("x")


def test_two_escapes_are_two_keys():
    decoder = InputDecoder()

    assert decoder.feed(b"\x1b\x1b") == []
    assert decoder.expire() == keys("Escape", "Escape")


@pytest.mark.parametrize(
    "start", [b"\x1b[", b"\x1b[1;", b"\x1bO", b"\x1b]11", b"\x1bP1$", b"\xf0\x9f"]
)
def test_what_is_sure_to_go_on_is_waited_for_longer(start):
    decoder = InputDecoder()

    assert decoder.feed(start) == []
    assert decoder.wait_s == SEQUENCE_S


@pytest.mark.parametrize(
    ("start", "found"),
    [
        (b"\x1b[", keys("M-[")),
        (b"\x1bO", keys("M-O")),
        (b"\x1b]", keys("M-]")),
        (b"\x1bP", keys("M-P")),
        (b"\x1b[1;5", []),
        (b"\x1bO5", []),
        (b"\x1b]11;rgb:ff", []),
        (b"\x1bP1$r", []),
        (b"\x1b\x1b[", []),
        (b"\xf0\x9f", []),
        (b"\x1b\xc3", []),
    ],
)
def test_a_sequence_that_never_ends_is_no_key_but_one_with_alt(start, found):
    decoder = InputDecoder()
    decoder.feed(start)

    assert decoder.expire() == found
    assert decoder.feed(b"j") == keys("j")


def test_the_rest_of_a_sequence_whose_escape_came_too_early_is_no_key():
    for rest, found in [
        (b"[A", keys("Up")),
        (b"OB", keys("Down")),
        (START[1:] + b"Kq" + END, [Paste("Kq")]),
        (b"[1;9Z", []),
    ]:
        decoder = InputDecoder()
        decoder.feed(b"\x1b")
        decoder.expire()
        assert decoder.feed(rest) == found


def test_a_bracket_that_is_typed_after_an_escape_is_that_bracket():
    decoder = InputDecoder()
    decoder.feed(b"\x1b")
    decoder.expire()

    assert decoder.feed(b"[") == []
    assert decoder.wait_s == ESCAPE_S
    assert decoder.expire() == keys("[")
    assert decoder.feed(b"[x") == keys("[", "x")


def test_a_paste_whose_end_is_lost_is_left_by_ctrl_c_after_a_silence():
    decoder = InputDecoder()

    assert decoder.feed(START + b"K") == []
    assert decoder.wait_s == PASTE_S
    assert decoder.feed(b"\x03") == []
    assert decoder.expire() == []
    assert decoder.wait_s is None
    assert decoder.feed(b"\x03q") == keys("C-c", "q")


def test_a_paste_goes_on_after_a_silence():
    decoder = InputDecoder()
    decoder.feed(START + b"a")
    decoder.expire()

    assert decoder.feed(b"b\x03" + END) == [Paste("ab\x03")]


@pytest.mark.parametrize("line_end", [b"\n", b"\r", b"\r\n"])
def test_lines_of_a_paste_end_with_a_newline_whatever_the_terminal_sends(line_end):
    assert decoded(START, b"a" + line_end, line_end + b"b", END) == [Paste("a\n\nb")]


def test_a_paste_that_is_not_utf8_is_still_a_text():
    assert decoded(START + b"a\xffb" + END) == [Paste("a\ufffdb")]


def test_a_large_paste_that_comes_in_small_reads_is_whole():
    text = b"0123456789" * 20_000
    reads = [text[at : at + 1000] for at in range(0, len(text), 1000)]

    assert decoded(START, *reads, END) == [Paste(text.decode())]
