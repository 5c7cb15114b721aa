"""Keys with modifiers in every form that terminals use, the mouse, and what is neither."""

import pytest

from oma.tui.inputs import Click, Key, Wheel
from oma.tui.terminal_input.csi import numbers_in, read_csi
from oma.tui.terminal_input.piece import PasteStart


def meaning(text):
    data = text.encode("latin-1")
    piece = read_csi(data, 0)
    assert piece.end == len(data)
    return piece.meaning


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A", "Up"), ("H", "Home"), ("F", "End"), ("Z", "BackTab"), ("P", "F1"), ("1A", "Up"),
        ("1;2A", "S-Up"), ("1;3A", "M-Up"), ("1;5A", "C-Up"), ("1;8A", "C-M-S-Up"), ("1;2Z", "BackTab"),
        ("1~", "Home"), ("7~", "Home"), ("3~", "Delete"), ("5~", "PageUp"), ("15~", "F5"),
        ("3;5~", "C-Delete"), ("6;129~", "PageDown"), ("3^", "C-Delete"), ("3@", "C-S-Delete"),
        ("a", "S-Up"), ("[A", "F1"),
        ("27;2;13~", "S-Enter"), ("27;5;120~", "C-x"), ("27;3;120~", "M-x"), ("27;2;33~", "!"),
        ("27;2;9~", "BackTab"), ("27;6;88~", "C-X"),
        ("120u", "x"), ("13u", "Enter"), ("27u", "Escape"), ("127u", "Backspace"), ("32;2u", " "),
        ("120;5u", "C-x"), ("120;3u", "M-x"), ("105;5u", "C-i"), ("13;2u", "S-Enter"), ("13;3u", "M-Enter"),
        ("97;2u", "A"), ("49:33;2u", "!"), ("97;1:2u", "a"), ("97;65u", "a"), ("1092;1u", "ф"),
        ("9;2u", "BackTab"),
    ],
)  # fmt: skip
def test_a_key_is_known_in_every_form(text, name):
    assert meaning(text) == Key(name)


@pytest.mark.parametrize(
    "text",
    [
        "I", "O", "?1;2c", ">0;1;0c", "?2004;1$y", "24;80R", "8;24;80t", "201~", "99~", "E", "1;9A",
        "97;1:3u", "49;2u", "57399u", "128u", "1114112u", "99999999999u", "97;1;97u", "27;2;13;1~",
        "<0;1;1m", "<0;0;1M", "<1;1;1M", "<35;1;1M", "<0;1M", "<66;1;1M", "1;2 q", "12;3;4M", "[Z",
        "1:2~", ";;;A", "0u",
    ],
)  # fmt: skip
def test_what_is_no_key_of_ours_is_skipped_whole(text):
    assert meaning(text) in {None, Key("Home")}  # `1:2~` is Home, as terminals read it


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<0;5;4M", Click(3, 4)),
        ("<4;5;4M", Click(3, 4)),
        ("<0;500;400M", Click(399, 499)),
        ("<64;5;4M", Wheel(-1)),
        ("<65;5;4M", Wheel(1)),
        ("M %$", Click(3, 4)),
        ("M`%$", Wheel(-1)),
        ("M#%$", None),
        ("M \xff\xff", Click(222, 222)),
        ("200~", PasteStart()),
    ],
)
def test_the_mouse_and_pastes_are_told_from_keys(text, found):
    assert meaning(text) == found


@pytest.mark.parametrize("text", ["", "1", "1;5", "?", " ", "[", "M", "M %"])
def test_what_has_no_end_yet_is_waited_for(text):
    assert read_csi(text.encode(), 0) is None


@pytest.mark.parametrize("text", ["1\x1b", "\r", "1\x7f", "1;2\xe6"])
def test_a_byte_that_cannot_be_in_it_breaks_it_off_and_is_read_on_its_own(text):
    data = text.encode("latin-1")

    assert read_csi(data, 0).end == len(data) - 1
    assert read_csi(data, 0).meaning is None


def test_parameters_that_are_no_numbers_are_zero():
    assert numbers_in("") == []
    assert numbers_in("1;;x;3:4;99999999") == [1, 0, 0, 3, 0]
