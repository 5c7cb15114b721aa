import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.model.printable import printable


@pytest.mark.parametrize(
    "text", ["", "plain", "two words ~", "naïve é", "日本語", "🤖 ok", "✻ Retrying…"]
)
def test_text_that_a_terminal_shows_stays_as_it_is(text):
    assert printable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("a\nb\tc\rd", "a␊b␉c␍d"),
        ("\x00\x07\x7f", "␀␇␡"),
        ("\x85\x9b", "\ufffd\ufffd"),
        ("\u2028\u2029", "\ufffd\ufffd"),
        ("\udcff", "\ufffd"),
        ("a\u200bb\u2060c\ufeffd\u180e", "abcd"),
        ("a\u202a\u202b\u202c\u202d\u202eb\u2066\u2067\u2068\u2069c\u200e\u200f\u061c", "abc"),
    ],
)
def test_what_acts_on_a_terminal_is_shown_or_dropped(text, shown):
    assert printable(text) == shown


@given(st.text(st.characters(exclude_categories=())))
def test_nothing_that_is_printed_acts_on_a_terminal(text):
    shown = printable(text)

    assert not {"Cc", "Cs", "Zl", "Zp"} & {unicodedata.category(each) for each in shown}
    assert not {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"} & {
        unicodedata.bidirectional(each) for each in shown
    }
    assert printable(shown) == shown
