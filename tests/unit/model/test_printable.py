"""What an agent prints never reaches a terminal as it is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.model.printable import printable

CASES = {
    "plain": ("error: it broke", "error: it broke"),
    "emoji and wide": ("✳ 漢字 👩‍💻", "✳ 漢字 👩‍💻"),
    "escape": ("\x1b[31mred", "␛[31mred"),
    "newline": ("a\nb\r", "a␊b␍"),
    "delete": ("\x7f", "␡"),
    "C1": ("\x9b31m", "\ufffd31m"),
    "line separator": ("a\u2028b", "a\ufffdb"),
    "lone surrogate": ("\udcff", "\ufffd"),
    "direction marks": ("\u202eabc\u2066", "abc"),
}


@pytest.mark.parametrize(("text", "shown"), CASES.values(), ids=CASES)
def test_controls_become_visible_signs(text, shown):
    assert printable(text) == shown


@given(st.text())
def test_no_control_character_is_left(text):
    left = {unicodedata.category(character) for character in printable(text)}

    assert not left & {"Cc", "Cs", "Zl", "Zp"}


@given(st.text())
def test_what_is_printable_stays_as_it_is(text):
    assert printable(printable(text)) == printable(text)
