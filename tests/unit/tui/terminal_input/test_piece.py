"""Pieces: bytes that belong together."""

from oma.tui.inputs import Key
from oma.tui.terminal_input.piece import Piece, key_piece


def test_a_piece_of_a_key_without_name_is_no_input():
    assert key_piece(3, "Up") == Piece(3, Key("Up"))
    assert key_piece(3, None) == Piece(3)
