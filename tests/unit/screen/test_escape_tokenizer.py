"""What a pane's output is made of, for those who do something with it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.screen.escape_tokenizer import MAX_SEQUENCE_BYTES, EscapeTokenizer
from tests.unit.screen.hard_cases import cut

STOP = re.compile(rb"\x1b")


class Parts:
    """A sink that writes down what comes, with what was cut joined."""

    def __init__(self):
        self.found = []

    def _take(self, kind, data):
        if self.found and self.found[-1][0] == kind and kind in {"text", "data"}:
            data = self.found.pop()[1] + data
        if data or kind == "ends":
            self.found.append((kind, data))

    def text(self, data, *, ends):  # only decoders need it
        self._take("text", data)

    def controls(self, data):
        self._take("text", data)

    def sequence(self, data):
        self._take("sequence", data)

    def string_begins(self, kind):
        self._take("begins", chr(kind))

    def string_data(self, data):
        self._take("data", data)

    def string_ends(self, ending):
        self._take("ends", ending)


def parts(*chunks, strings_only=False):
    tokenizer, sink = EscapeTokenizer(STOP, strings_only), Parts()
    for chunk in chunks:
        tokenizer.feed(chunk, sink)
    return sink.found


def string(kind, data, ending=b"\x1b\\"):
    return [("begins", kind), *([("data", data)] if data else []), ("ends", ending)]


CASES = {
    "text": (b"a\r\n\x07\x7f\xe2\x9c", [("text", b"a\r\n\x07\x7f\xe2\x9c")]),
    "control sequence": (b"a\x1b[1;31mb", [("text", b"a"), ("sequence", b"\x1b[1;31m"), ("text", b"b")]),
    "escape sequences": (b"\x1b7\x1b(B\x1b\\", [("sequence", s) for s in (b"\x1b7", b"\x1b(B", b"\x1b\\")]),
    "openers after intermediates": (b"\x1b(P\x1b)]", [("sequence", b"\x1b(P"), ("sequence", b"\x1b)]")]),
    "controls within": (b"\x1b[3\r\n1m", [("text", b"\r\n"), ("sequence", b"\x1b[31m")]),
    "bytes that are ignored within": (b"\x1b\x7f[3\xe21m", [("sequence", b"\x1b[31m")]),
    "controls after bytes that are ignored": (b"\x1b\x7f\x07m", [("text", b"\x07"), ("sequence", b"\x1bm")]),
    "cancelled": (b"\x1b[3\x18m\x1b\x1am", [("text", b"mm")]),
    "broken off": (b"\x1b[3\x1b[4m", [("sequence", b"\x1b[4m")]),
    "too long": (b"\x1b[" + b"1" * MAX_SEQUENCE_BYTES + b"mx", [("text", b"x")]),
    "OSC": (b"\x1b]2;t\x07\x07", [*string("]", b"2;t", b"\x07"), ("text", b"\x07")]),
    "OSC with ST": (b"\x1b]2;t\x1b\\", string("]", b"2;t")),
    "OSC with ST after a control": (b"\x1b]2;t\x1b\x01\\", [*string("]", b"2;t")[:2], ("text", b"\x01"), ("ends", b"\x1b\\")]),
    "OSC cancelled": (b"\x1b]2;t\x18x", [*string("]", b"2;t", b"\x18"), ("text", b"x")]),
    "OSC broken off": (b"\x1b]2;t\x1b[m", [*string("]", b"2;t", b"\x1b"), ("sequence", b"\x1b[m")]),
    "OSC broken off by nothing": (b"\x1b]2;t\x1b\x18x", [*string("]", b"2;t", b"\x1b"), ("text", b"x")]),
    "window name with BEL": (b"\x1bka\x07b\x1b\\", string("k", b"a\x07b")),
    "other strings": (b"\x1b_a\x1b\\\x1b^b\x1b\\\x1bXc\x1b\\", [*string("_", b"a"), *string("^", b"b"), *string("X", b"c")]),
    "DCS": (b"\x1bP1;2$qm\x07\x18\x1b\\", string("P", b"qm\x07\x18")),
    "DCS with escapes": (b"\x1bPtmux;\x1b\x1b]9;n\x07\x1b\x1b\\\x1b\\", string("P", b"tmux;\x1b]9;n\x07\x1b\\")),
    "DCS without a body": (b"\x1bP\x1b\\\x1bP1\x18", [*string("P", b""), *string("P", b"", b"\x18")]),
    "DCS broken off in its head": (b"\x1bP1\x1b[m", [*string("P", b"", b"\x1b"), ("sequence", b"\x1b[m")]),
    "DCS that tmux drops": (b"\x1bP1:q\x1b[m", [*string("P", b"", b"\x1b"), ("sequence", b"\x1b[m")]),
    "DCS with a mark": (b"\x1bP>|x\x1b\\\x1bP?1;2$q\x1b\\", [*string("P", b"|x"), *string("P", b"q")]),
}  # fmt: skip

pieces = st.sampled_from(
    [
        b"\x1b",
        b"[",
        b"]",
        b"P",
        b"k",
        b"\\",
        b"tmux;",
        b"\x18",
        b"x",
        b"1;",
        b"\x7f",
        b"\x07",
        b" ",
    ]
)
outputs = st.lists(pieces, max_size=20).map(b"".join)


@pytest.mark.parametrize("name", CASES)
def test_output_is_told_apart_as_tmux_reads_it(name):
    output, expected = CASES[name]

    assert parts(output) == expected
    assert parts(*(output[at : at + 1] for at in range(len(output)))) == expected


@pytest.mark.parametrize("head", [":", "1:", "?:", "1?", "??", "$1", "$?", "$:", "$;", "?$1"])
def test_a_dcs_that_tmux_does_not_understand_has_no_body(head):
    broken_off = [*string("P", b"", b"\x1b"), ("sequence", b"\x1b[m")]

    assert parts(b"\x1bP%sq\x1b[m" % head.encode()) == broken_off


@given(outputs, st.lists(st.integers(0, 99), max_size=9), st.booleans())
@settings(max_examples=300)
def test_chunking_never_matters(output, borders, strings_only):
    whole = parts(output, strings_only=strings_only)

    assert parts(*cut(output, borders), strings_only=strings_only) == whole


@given(outputs)
def test_strings_are_the_same_where_only_they_are_wanted(output):
    def strings(found):
        return [part for part in found if part[0] not in {"text", "sequence"}]

    assert strings(parts(output, strings_only=True)) == strings(parts(output))


@given(outputs)
def test_what_is_pending_brings_a_new_tokenizer_to_the_same_place(before):
    tokenizer, sink, other, others = *(EscapeTokenizer(STOP, False), Parts()), *(EscapeTokenizer(STOP, False), Parts())  # fmt: skip
    tokenizer.feed(before, sink)
    other.feed(tokenizer.pending, others)

    assert other.in_text == tokenizer.in_text or tokenizer.pending == b""
    assert other.pending == tokenizer.pending


@pytest.mark.parametrize("opening", [b"\x1b[", b"\x1b(", b"\x1bP", b"\x1bP?", b"\x1b]", b"\x1bk"])
def test_little_of_what_never_ends_is_kept(opening):
    tokenizer = EscapeTokenizer(STOP, strings_only=False)
    for chunk in (opening, b"1" * 10_000, b" " * 10_000):
        tokenizer.feed(chunk, Parts())

    assert len(tokenizer.pending) <= MAX_SEQUENCE_BYTES + 1
