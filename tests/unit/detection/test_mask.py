import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.detection.mask import mask, token_count


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("✶ Crystallizing… (3s · thinking)", "✻ Crystallizing… (1m 12s · thinking)"),
        ("⠙ Checking (esc to cancel, 9s)", "⠹ Checking (esc to cancel, 1h 2m 3s)"),
        ("   ⬝⬝■■■■■■  esc interrupt", "   ■■■⬝⬝⬝⬝⬝  esc interrupt"),
        ("  ░█      Waiting for model", " █░        Waiting for model"),
        ("● Bash(make)", "  Bash(make)"),
        ("| building 3/17", "/ building 12/17"),
        ("12.5 % at 10:22:01", "99.5 % at 10:59:59"),
        ("Retrying in 0.2 seconds", "Retrying in 16.0 seconds"),
    ],
)
def test_what_time_alone_changes_is_alike(one, other):
    assert mask(one) == mask(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("✶ Vibing… (9s · ↓ 94 tokens)", "✶ Vibing… (9s · ↓ 95 tokens)"),
        ("✶ Vibing… (↓ 1.2k tokens)", "✶ Vibing… (↓ 1.3k tokens)"),
        ("reading a.py", "reading b.py"),
        ("a/b", "a-b"),
    ],
)
def test_what_work_changes_is_not_alike(one, other):
    assert mask(one) != mask(other)


@settings(max_examples=200)
@given(st.text(alphabet="ab1.:mhs%tokens ⠙■●/-|", max_size=40))
def test_a_masked_line_stays_as_it_is(line):
    assert mask(mask(line)) == mask(line)


def test_a_huge_line_is_masked():
    assert mask("1m " * 300_000 + "x") == "# x" or mask("1m " * 300_000).startswith("#")
    assert mask("9" * 1_000_000) == "#"


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("✶ Vibing… (9s · ↓ 1.2k tokens · thinking)", "1.2k"),
        ("· Vibing… (9s · ↓ 94 tokens)", "94"),
        ("✶ Vibing… (9s · thinking)", ""),
        (" tokens", ""),
        ("", ""),
    ],
)
def test_a_count_of_tokens_is_told_as_it_stands(line, count):
    assert token_count(line) == count
