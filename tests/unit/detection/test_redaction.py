"""Redaction: what others may see of a screen."""

import pytest
import wcwidth
from hypothesis import given
from hypothesis import strategies as st

from oma.config.profiles import packaged_profiles
from oma.detection.redaction import Redaction

REDACTION = Redaction.of(packaged_profiles(), ["rate limit", r"\bwentpop\b"])


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("  Reading /home/bob/Secret.py", "  Xxxxxxx /xxxx/xxx/Xxxxxx.xx"),
        ("bob@example.com owes 1234.56 €", "xxx@xxxxxxx.xxx xxxx 0000.00 €"),
        ("export TOKEN=sk-a1B2c3", "xxxxxx TOKEN=xx-x0X0x0"),
        ("❯ 1. Yes, proceed", "❯ 1. Yes, proceed"),
        ("│ [2] No, nag Bob", "│ [2] No, xxx Xxx"),
        ("✻ Fixing… (12s · 4711 tokens)", "✻ Xxxxxx… (12s · 0000 tokens)"),
        ("06 12 34 56 78", "00 00 00 00 00"),
        ("limit resets 3:45pm", "limit resets 3:45pm"),
        ("API Error 429 after 17", "API Error 429 after 00"),
        ("wentpop", "wentpop"),
        ("日本語", "\uff58\uff58\uff58"),
        ("cafe\u0301 a\u200db", "xxxx xx"),
    ],
)
def test_what_a_rule_looks_for_is_kept_and_the_rest_has_its_shape_alone(line, shown):
    assert REDACTION.line(line) == shown


def test_numbers_in_patterns_are_no_words():
    assert Redaction.of((), [r"\d{4}", "4711", r"x{12}"]).line("4711 12") == "0000 00"


# The emulator and `wcwidth` agree on these: Latin to Cyrillic, signs and boxes, kana and CJK.
_SHOWN = (
    st.characters(min_codepoint=0x20, max_codepoint=0x4FF, categories=["L", "N", "P", "S", "Zs"])
    | st.characters(min_codepoint=0x2500, max_codepoint=0x257F)
    | st.characters(min_codepoint=0x30A1, max_codepoint=0x9FFF, categories=["L"])
)


@pytest.mark.parametrize("piece", ["1 h ", "12:00 ", "in 1s ", "1. ", "(1d ", "a1b2 ", "é"])
def test_a_long_line_takes_time_that_grows_with_it_alone(piece):
    # Where it grew with the square, this took minutes.
    assert len(REDACTION.line(piece * 50_000)) > 0


@given(st.text())
def test_a_masked_line_is_masked(text):
    once = REDACTION.line(text)

    assert REDACTION.line(once) == once


@given(st.text(_SHOWN, max_size=60))
def test_a_masked_line_takes_as_many_columns(text):
    assert wcwidth.wcswidth(REDACTION.line(text)) == wcwidth.wcswidth(text)


@given(st.text(st.characters(categories=["L", "N"]), min_size=8, max_size=40))
def test_a_word_that_no_pattern_spells_is_not_to_be_read(word):
    shown = Redaction(frozenset()).line(f"<{word}>")[1:-1]

    assert set(shown) <= set("xX0\uff58")
