"""Signals picked out of a pane's bytes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.model.signals import Bell, Notified, StatusReported, TitleSet
from oma.screen.signal_scanner import MAX_BODY_BYTES, SignalScanner
from tests.unit.screen.hard_cases import cut

CASES = {
    "text": (b"error: text\r\n", []),
    "bell": (b"a\x07b\x07", [Bell(), Bell()]),
    "bell in a control sequence": (b"\x1b[1\x072m", [Bell()]),
    "title ended by BEL": (b"x\x1b]2;title\x07y", [TitleSet("title")]),
    "title ended by ST": (b"x\x1b]0;title\x1b\\y", [TitleSet("title")]),
    "title, then bell": (b"\x1b]2;t\x07\x07", [TitleSet("t"), Bell()]),
    "title with UTF-8": ("\x1b]2;✳ ü漢\x07".encode(), [TitleSet("✳ ü漢")]),
    "controls in a title": (b"\x1b]2;a\nb\x00c\x07", [TitleSet("abc")]),
    "cancelled": (b"\x1b]2;t\x18\x07", [Bell()]),
    "substituted": (b"\x1b]2;t\x1a\x07", [Bell()]),
    "broken off": (b"\x1b]2;t\x1b[0m\x07", [Bell()]),
    "broken off by another": (b"\x1b]2;one\x1b]2;two\x07", [TitleSet("two")]),
    "broken off by an escape": (b"\x1b]2;t\x1b\x1b\\\x07", [Bell()]),
    "escapes before": (b"\x1b\x1b\x1b]2;t\x07", [TitleSet("t")]),
    "ST of nothing": (b"\x1b\\\x07", [Bell()]),
    "C1 bytes are text": (b"\x9d2;t\x07\x9c", [Bell()]),
    "C1 ST is text": (b"\x1b]2;\xe2\x9c\x9c\x07", [TitleSet("✜")]),
    "window name": (b"\x1bkna\x07me\x1b\\\x07", [Bell()]),
    "window name broken off": (b"\x1bkname\x1b]2;t\x07", [TitleSet("t")]),
    "application program command": (b"\x1b_G;\x07]2;x\x07\x1b\\", []),
    "privacy message, start of string": (b"\x1b^\x07\x1b\\\x1bX\x07\x18\x07", [Bell()]),
    "passthrough": (b"\x1bPtmux;\x1b\x1b]9;wrapped\x07\x1b\\", [Notified("wrapped")]),
    "passthrough with ST": (
        b"\x1bPtmux;\x1b\x1b]9;wrapped\x1b\x1b\\\x1b\\\x07",
        [Notified("wrapped"), Bell()],
    ),
    "passthrough of two": (
        b"\x1bPtmux;\x1b\x1b]2;t\x07\x07\x1b\x1b]9;n\x07\x1b\\",
        [TitleSet("t"), Bell(), Notified("n")],
    ),
    "passthrough in a passthrough": (
        b"\x1bPtmux;\x1b\x1bPtmux;\x1b\x1b\x1b\x1b]9;deep\x07\x1b\x1b\\\x1b\\",
        [Notified("deep")],
    ),
    "passthrough left open inside": (
        b"\x1bPtmux;\x1b\x1b]9;half\x1b\\ed\x07\x1bPtmux;ok\x07\x1b\\",
        [Bell(), Bell()],
    ),
    "another device control string": (b"\x1bPtmuy;\x07\x1b\x1b]9;n\x07\x1b\\", []),
    "device control string with parameters": (b"\x1bP1;2$qm\x07\x18\x1b\\\x07", [Bell()]),
    "device control string cancelled early": (b"\x1bP1\x18\x07", [Bell()]),
    "device control string broken off early": (b"\x1bP1\x1b]2;t\x07", [TitleSet("t")]),
    "controls before the opener": (b"\x1b\x01\x7f]2;t\x07", [TitleSet("t")]),
    "controls before the end": (b"\x1b]2;t\x1b\x01\\\x07", [TitleSet("t"), Bell()]),
    "passthrough whose parameters tmux drops": (
        b"\x1bP:tmux;\x1b\x1b]9;n\x07\x1b\\",
        [Notified("n")],
    ),
    "status": (b"\x1b]7501;state=idle\x1b\\", [StatusReported("idle")]),
    "longest": (
        b"\x1b]2;" + b"t" * (MAX_BODY_BYTES - 2) + b"\x07",
        [TitleSet("t" * (MAX_BODY_BYTES - 2))],
    ),
    "too long": (b"\x1b]2;" + b"t" * (MAX_BODY_BYTES - 1) + b"\x07\x07", [Bell()]),
}

pieces = st.sampled_from(
    [
        b"\x1b]",
        b"2;",
        b"9;",
        b"\x07",
        b"\x1b\\",
        b"\x1b",
        b"\\",
        b"\x1bPtmux;",
        b"\x18",
        b"\x1b\x1b",
        b"text",
        b"\x1bk",
        b"\x1b[",
        b"\x1bP",
        b"\x1b_",
        b"\xe2\x9c\xb3",
        b"\x9c",
        b"m",
    ]
)


def _signals(*chunks):
    scanner = SignalScanner()
    return [signal for chunk in chunks for signal in scanner.scan(chunk)]


@pytest.mark.parametrize("name", CASES)
def test_signals_are_found_whole_and_byte_by_byte(name):
    output, expected = CASES[name]

    assert _signals(output) == expected
    assert _signals(*(output[at : at + 1] for at in range(len(output)))) == expected


@given(st.lists(pieces, max_size=25).map(b"".join), st.lists(st.integers(0, 200), max_size=9))
@settings(max_examples=400)
def test_chunking_never_matters(output, borders):
    assert _signals(*cut(output, borders)) == _signals(output)


@pytest.mark.parametrize("opening", [b"\x1b]2;", b"\x1bPtmux;\x1b\x1b]2;", b"\x1bPx", b"\x1bk"])
def test_a_sequence_that_never_ends_is_not_kept(opening):
    scanner = SignalScanner()
    scanner.scan(opening)
    for _ in range(100):
        scanner.scan(b"x" * 10_000)

    kept = len(scanner._body) + (len(scanner._wrapped._body) if scanner._wrapped else 0)
    assert kept <= MAX_BODY_BYTES + 1 + len(b"tmux;")
    assert scanner.scan(b"\x1b\\\x07") == [Bell()]
