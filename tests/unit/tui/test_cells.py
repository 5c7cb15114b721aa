"""Widths, cuts, and what is not let through."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.tui import cells as c
from oma.tui.cells import Span
from tests.support.strategies import texts

HOSTILE = texts() | st.text(max_size=12)


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("abc", 3), ("日本", 4), ("e\u0301", 1), ("🟢", 2), ("─", 1), ("ｆ", 2)],
)
def test_width_is_counted_in_cells(text, width):
    assert c.cells(text) == width


def test_a_wide_character_that_would_be_cut_in_half_is_left_out():
    assert c.clip("a日本", 2) == "a"
    assert c.pad("a日本", 2) == "a…"
    assert c.pad("日本", 3) == "日…"


def test_what_is_too_long_ends_in_an_ellipsis():
    assert c.shorten("abcdef", 4) == "abc…"
    assert c.shorten("abcd", 4) == "abcd"
    assert c.shorten("abcd", 0) == ""


def test_a_column_is_filled_from_either_side():
    assert c.pad("ab", 4) == "ab  "
    assert c.pad_left("ab", 4) == "  ab"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a␛[31mb"),
        ("a\u200db", "ab"),
        ("❤\ufe0f", "❤"),
        ("a\u0301\u0302\u0303\u0304", "a\u0301\u0302"),
        ("\u0301a", "a"),
        ("a\U000e0001", "a"),
        ("\u0378", "\ufffd"),
        ("\u202eevil", "evil"),
    ],
)
def test_what_a_terminal_could_obey_or_count_differently_is_not_shown(text, shown):
    assert c.showable(text) == shown


@given(HOSTILE)
def test_nothing_that_is_shown_is_a_control_or_format_character(text):
    kinds = {unicodedata.category(character) for character in c.showable(text)}

    assert not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp", "Cn"}


@given(HOSTILE, st.integers(0, 20))
def test_a_padded_text_has_exactly_its_width(text, width):
    shown = c.showable(text)

    assert c.cells(c.pad(shown, width)) == width
    assert c.cells(c.pad_left(shown, width)) == width
    assert c.cells(c.clip(shown, width)) <= width


@given(HOSTILE)
def test_ascii_is_as_wide_as_what_it_stands_for(text):
    shown = c.showable(text)
    plain = c.to_ascii(shown)

    assert plain.isascii()
    assert c.cells(plain) == c.cells(shown)


def test_frames_are_drawn_in_ascii_with_letters_for_lines():
    assert c.to_ascii("╭─ é 日 → …") == "+- ? ?? > ~"


def test_lines_are_cut_filled_and_spread():
    line = (Span("ab"), Span("cd", "ok"))

    assert c.clip_line(line, 3) == (Span("ab"), Span("c", "ok"))
    assert c.clip_line(line, 2) == (Span("ab"),)
    assert c.fill_line(line, 6) == (*line, Span("  "))
    assert c.spread_line(line, [Span("z")], 7) == (*line, Span("  "), Span("z"))
    assert c.spread_line(line, [Span("z")], 4) == line


def test_a_span_of_foreign_text_is_made_fit():
    assert c.span("a\nb", "ok") == Span("a␊b", "ok")


@pytest.mark.parametrize(
    ("text", "columns", "short"),
    [
        ("fix-login", 9, "fix-login"),
        ("fix-login", 8, "fix-…gin"),
        ("fix-login", 1, "…"),
        ("fix-login", 0, ""),
        ("日本語日本語", 7, "日本…語"),
        ("日本語日本語", 6, "日…語"),
        ("abcde\u0301\u0301", 3, "a…e\u0301\u0301"),
    ],
)
def test_a_name_loses_its_middle(text, columns, short):
    assert c.shorten_middle(text, columns) == short
    assert c.cells(short) <= columns
