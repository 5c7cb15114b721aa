"""Characters, Alt and the keypad; and that what is unknown is skipped as a whole."""

import pytest

from oma.tui.inputs import Key
from oma.tui.terminal_input.piece import MOST_BYTES, Piece
from oma.tui.terminal_input.sequences import read_piece


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"x", "x"), (b" ", " "), ("é".encode(), "é"), ("日".encode(), "日"),
        ("\u200c".encode(), "\u200c"), ("\U0001fae8".encode(), "\U0001fae8"),
        (b"\r", "Enter"), (b"\n", "Enter"), (b"\t", "Tab"), (b"\x7f", "Backspace"),
        (b"\x08", "Backspace"), (b"\x0c", "C-l"), (b"\x13", "C-s"), (b"\x1c", "C-\\"),
        (b"\x1bx", "M-x"), (b"\x1bX", "M-X"), (b"\x1b1", "M-1"), (b"\x1b\r", "M-Enter"),
        (b"\x1b\x7f", "M-Backspace"), (b"\x1b\x01", "C-M-a"), ("\x1bé".encode(), "M-é"),
        (b"\x1b\x1b[A", "M-Up"), (b"\x1b\x1bOA", "M-Up"), (b"\x1b\x1b[3~", "M-Delete"),
        (b"\x1bOA", "Up"), (b"\x1bOH", "Home"), (b"\x1bOP", "F1"), (b"\x1bOM", "Enter"),
        (b"\x1bOx", "8"), (b"\x1bOp", "0"), (b"\x1bOm", "-"), (b"\x1bO5A", "C-Up"),
        (b"\x1bO1;2P", "S-F1"), (b"\x1bOa", "C-Up"),
    ],
)  # fmt: skip
def test_a_key_has_the_name_that_the_configuration_uses(data, name):
    assert read_piece(data, 0, {}) == Piece(len(data), Key(name))


@pytest.mark.parametrize("data", [b"\x00", b"\xff", b"\xc0", b"\xc2\x9b", b"\x1bOz", b"\x1bO5z"])
def test_what_is_no_key_is_skipped_whole(data):
    assert read_piece(data, 0, {}) == Piece(len(data))


def test_a_character_that_is_cut_off_is_skipped_up_to_the_next():
    assert read_piece(b"\xe6\x97x", 0, {}) == Piece(2)
    assert read_piece(b"\xed\xa0\x80", 0, {}).meaning is None


@pytest.mark.parametrize(
    "data", [b"\x1b", b"\x1b\x1b", b"\x1bO", b"\x1b[", b"\xe6\x97", b"\x1b\xc3"]
)
def test_what_may_go_on_is_waited_for(data):
    assert read_piece(data, 0, {}) is None


def test_an_escape_before_what_alt_does_not_go_with_is_a_key():
    assert read_piece(b"\x1b\x1bx", 0, {}) == Piece(1, Key("Escape"))
    assert read_piece(b"\x1b\x1b[200~", 0, {}) == Piece(1, Key("Escape"))
    assert read_piece(b"\x1b\x1b[<0;1;1M", 0, {}) == Piece(1, Key("Escape"))


def test_the_terminals_own_sequences_come_first_and_are_waited_for():
    known = {b"\x1b\t": "BackTab", b"\x1bOA": "Down", b"\x1b&r1~": "F9"}

    assert read_piece(b"\x1b\t", 0, known) == Piece(2, Key("BackTab"))
    assert read_piece(b"\x1bOA", 0, known) == Piece(3, Key("Down"))
    assert read_piece(b"\x1b&r", 0, known) is None
    assert read_piece(b"\x1b&r1~", 0, known) == Piece(5, Key("F9"))


@pytest.mark.parametrize("start", [b"\x1bO", b"\x1b[", b"\x1b]1"])
def test_a_sequence_without_end_is_bounded(start):
    piece = read_piece(start + b"1" * (2 * MOST_BYTES), 0, {})

    assert piece.meaning is None
    assert piece.end <= MOST_BYTES + 3
