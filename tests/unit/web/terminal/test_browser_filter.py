"""What a browser gets of a pane's output, and what it never gets."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.screen.emulator import Screen
from oma.screen.escape_tokenizer import MAX_SEQUENCE_BYTES
from oma.web.terminal.browser_filter import BrowserFilter
from tests.unit.screen.hard_cases import CASES, COLUMNS, ROWS

PASSED = {
    "text": b"text\r\n\tmore\x08\x07",
    "UTF-8": "é € 日本 🤖 \N{REPLACEMENT CHARACTER}".encode(),
    "colours": b"\x1b[1;38;2;1;2;3;48:5:17m",
    "cursor": b"\x1b[3;4H\x1b[A\x1b[2K\x1b[J\x1b7\x1b8\x1bM\x1b[s\x1b[u\x1b[2;4r\x1b[4 q\x1b[!p",
    "modes": b"\x1b[?1h\x1b[?25;2004l\x1b[?1049h\x1b[?1000;1006h\x1b[4h\x1b=\x1b>\x1b[?1004h",
    "sets": b"\x1b(0lqk\x1b(B\x1b)0\x0e\x0f\x1b%G\x1b#8\x1bc",
}
DROPPED = {
    "clipboard": b"\x1b]52;c;aGk=\x07",
    "title": b"\x1b]0;title\x1b\\",
    "title that another escape ends": b"\x1b]2;title",
    "report": b"\x1b]7501;state=working\x1b\\",
    "link": b"\x1b]8;;https://example.com\x1b\\\x1b]8;;\x1b\\",
    "colour questions": b"\x1b]10;?\x07\x1b]4;1;?\x1b\\",
    "window name": b"\x1bkname\x1b\\",
    "passthrough": b"\x1bPtmux;\x1b\x1b]52;c;aGk=\x07\x1b\\",
    "sixel": b"\x1bPq#0;2;0;0;0#0~~\x1b\\",
    "status string": b"\x1bP$qm\x1b\\",
    "other strings": b"\x1b_Gi=1;AAAA\x1b\\\x1b^pm\x1b\\\x1bXsos\x1b\\",
    "who are you": b"\x1b[c\x1b[>c\x1b[=c\x1b[0c\x1bZ\x05\x1b[>q\x1b[>0q",
    "how are you": b"\x1b[5n\x1b[6n\x1b[?6n\x1b[?996n",
    "windows": b"\x1b[8;30;100t\x1b[21t\x1b[14t\x1b[22;0t",
    "printing": b"\x1b[i\x1b[5i\x1b[?5i",
    "modes": b"\x1b[?1049$p\x1b[4$p",
    "keyboard": b"\x1b[?u\x1b[>1u\x1b[<u\x1b[=1;1u\x1b[?4m",
    "graphics": b"\x1b[?1;1;0S",
    "parameters": b"\x1b[x\x1b[1x\x1b[1$w\x1b[1$u\x1b[&u\x1b[1;1;1;1;1;1*y\x1b[1'|\x1b[1;2'z",
    "modes in which it tells": b"\x1b[?2031h\x1b[?2048;9001h\x1b[?02031l",
    "8-bit controls": "\x9b5n\x9d52;c;aGk=\x9c".encode()[:2],
    "delete": b"\x7f",
    "what nobody knows": b"\x1b[1?5m\x1b[!1m",
    "a sequence without an end": b"\x1b[" + b"1;" * MAX_SEQUENCE_BYTES + b"m",
}
pieces = (
    st.sampled_from([*PASSED.values(), *DROPPED.values()])
    | st.binary(max_size=6)
    | st.lists(st.sampled_from([b"\x1b", b"[", b"]", b"P", b"k", b"\\", b"?", b";", b"1", b"\x18", b"m", b"c", b"\n", b"\x07", b"\xe2", b"\x9b", b"\xc2", b" "]), max_size=12).map(b"".join)
)  # fmt: skip
outputs = st.lists(pieces, max_size=8).map(b"".join)


def _drop(*chunks):
    browser = BrowserFilter()
    return b"".join(map(browser.drop, chunks))


@pytest.mark.parametrize("name", PASSED)
def test_what_only_draws_passes_byte_for_byte(name):
    assert _drop(PASSED[name]) == PASSED[name]


@pytest.mark.parametrize("name", DROPPED)
def test_what_does_not_belong_in_a_browser_is_dropped(name):
    assert _drop(b"before", DROPPED[name], b"\x1b[mafter") == b"before\x1b[mafter"


@pytest.mark.parametrize("sequences", [*PASSED.values(), *DROPPED.values()])
def test_no_split_changes_what_passes(sequences):
    # One byte at a time goes without the pattern that passes over most of any output in one step.
    output = b"before\x1b[1;31m" + sequences + b"\x1b[0m\x1b[?25lafter"

    bytewise = _drop(*(output[at : at + 1] for at in range(len(output))))
    splits = {_drop(output[:at], output[at:]) for at in range(len(output) + 1)}
    assert splits == {bytewise}


def test_a_mode_in_which_the_terminal_tells_is_taken_from_among_others():
    assert _drop(b"\x1b[?25;2031;1h") == b"\x1b[?25;1h"


def test_controls_within_a_sequence_go_before_it():
    assert _drop(b"\x1b[3\r\n1m") == b"\r\n\x1b[31m"


def test_a_cancelled_sequence_is_dropped():
    assert _drop(b"a\x1b[31\x18b\x1b]0;title\x1ac") == b"abc"


def test_bytes_that_are_no_utf_8_are_replaced():
    assert _drop(b"a\xff\xe2\x82b\x9b5n").decode() == "a\ufffd\ufffdb\ufffd5n"


def test_the_longest_sequence_passes():
    longest = b"\x1b[" + b"1" * (MAX_SEQUENCE_BYTES - 3) + b"m"

    assert _drop(longest) == longest
    assert _drop(longest.replace(b"m", b"1m")) == b""


@given(outputs)
@settings(max_examples=300)
def test_what_passed_passes_again(output):
    passed = _drop(output)

    assert _drop(passed) == passed


@pytest.mark.slow
@given(outputs, st.lists(st.integers(0, 2000), max_size=8))
@settings(max_examples=300)
def test_chunking_never_matters(output, borders):
    marks = [0, *sorted(min(border, len(output)) for border in borders), len(output)]

    chunks = [output[start:end] for start, end in pairwise(marks)]
    assert _drop(*chunks) == _drop(output)


@given(outputs)
@settings(max_examples=300)
def test_it_adds_nothing_but_replacements(output):
    passed = _drop(output)

    assert len(passed.replace("\ufffd".encode(), b"?")) <= len(output)


@given(outputs)
@settings(max_examples=300)
def test_what_passed_is_whole_and_asks_nothing(output):
    passed = _drop(output).decode()  # is UTF-8

    assert not re.search("[\x05\x7f-\x9f]|\x1b[]PX^_kZ]|\x1b$", passed)
    assert not re.search(r"\x1b\[[^@-~]*(?:[cnti]|$)", passed)
    screen = Screen(80, 24)
    screen.feed(passed.encode())
    assert screen.pending == b""


@pytest.mark.slow
@given(outputs)
@settings(max_examples=200)
def test_it_holds_little(output):
    browser = BrowserFilter()
    for piece in (output, b"\x1b[" + b"1" * 10_000, output, b"\x1b]" + b"x" * 10_000):
        browser.drop(piece)

    assert len(browser._tokenizer.pending) <= MAX_SEQUENCE_BYTES + 1


@pytest.mark.parametrize("name", CASES)
def test_a_terminal_shows_the_same_without_what_was_dropped(name):
    whole, filtered = Screen(COLUMNS, ROWS), Screen(COLUMNS, ROWS)
    whole.feed(CASES[name])
    filtered.feed(_drop(CASES[name]))

    assert (filtered.lines(), filtered.cursor) == (whole.lines(), whole.cursor)
