"""What a terminal must not see of a pane's output."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.screen.hidden_strings import HiddenStrings
from tests.unit.screen.hard_cases import cut

CASES = {
    "text": (b"text", b"text"),
    "sequences": (b"\x1b[31mred\x1b]2;t\x07", b"\x1b[31mred\x1b]2;t\x07"),
    "window name": (b"a\x1bkname\x1b\\b", b"a\x1b^name\x1b\\b"),
    "escapes in a row": (b"\x1b\x1b\x1bkn\x1b\\", b"\x1b^n\x1b\\"),
    "two escapes": (b"\x1b\x1bkn\x1b\\", b"\x1b^n\x1b\\"),
    "device control string": (b"a\x1bP1$qm\x1b\\b", b"a\x1b\\b"),
    "escapes in its body": (b"a\x1bPtmux;\x1b\x1b[Hx\x1bky\x1b\\b", b"a\x1b\\b"),
    "cancelled in its head": (b"a\x1bP1;\x18b", b"a\x1b\\b"),
    "not cancelled in its body": (b"a\x1bPq\x18b\x1b\\c", b"a\x1b\\c"),
    "broken off in its head": (b"a\x1bP1\x1b[Hb", b"a\x1b\\\x1b[Hb"),
    "two of them": (b"\x1bPq\x1b\\\x1bPq\x1b\\x", b"\x1b\\\x1b\\x"),
    "DEL": (b"a\x7fb\x1b\x7fkn\x1b\\", b"ab\x1b^n\x1b\\"),
    "controls before the opener": (b"a\x1b\x01Pq\x1b[H\x1b\\b", b"a\x01\x1b\\b"),
    "parameters that tmux drops": (b"a\x1bP1?q\x1b\\b", b"a\x1b\\b"),
    "such ones broken off": (b"a\x1bP1:q\x1b[Hb", b"a\x1b\\\x1b[Hb"),
    "left open": (b"a\x1bPq", b"a\x1b\\"),
}

pieces = st.sampled_from(
    [b"\x1b", b"P", b"k", b"\\", b"tmux;", b"\x18", b"x", b"[", b"1;", b"\x7f", b"\x1bP", b"\x1bk"]
)


def _dropped(*chunks):
    hidden = HiddenStrings()
    return b"".join(hidden.drop(chunk) for chunk in chunks)


@pytest.mark.parametrize("name", CASES)
def test_what_tmux_hides_is_hidden(name):
    output, expected = CASES[name]

    assert _dropped(output) == expected
    assert _dropped(*(output[at : at + 1] for at in range(len(output)))) == expected


@given(st.lists(pieces, max_size=20).map(b"".join), st.lists(st.integers(0, 99), max_size=9))
@settings(max_examples=200)
def test_chunking_never_matters(output, borders):
    assert _dropped(*cut(output, borders)) == _dropped(output)


def test_output_without_such_strings_is_not_copied():
    output = b"\x1b[1;1Hplain \xe2\x9c\xbb"

    assert HiddenStrings().drop(output) is output
