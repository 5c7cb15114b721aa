import pytest

from oma.detection.patterns import PatternSet, plain
from oma.errors import ConfigError


def search(source, line):
    return PatternSet.of([source], "here").search(line)


def test_case_apostrophes_and_no_break_spaces_make_no_difference():
    assert search("you've hit", "YOU’VE HIT your limit") == "YOU'VE HIT"
    assert search("you’ve", "you've") == "you've"
    assert search("^❯ $", "❯\u00a0") == "❯ "


def test_the_leftmost_match_of_any_pattern_is_returned():
    patterns = PatternSet.of(["second", "first", "fir"], "here")

    assert patterns.search("the first, the second") == "first"
    assert patterns.search("neither") is None


def test_an_alternative_binds_weaker_than_its_pattern():
    patterns = PatternSet.of(["^a|b$", "c"], "here")

    assert patterns.search("xa") is None
    assert patterns.search("xc") == "c"


def test_a_flag_holds_for_its_own_pattern_only():
    patterns = PatternSet.of(["(?-i)Aa", "bb"], "here")

    assert patterns.search("aa") is None
    assert patterns.search("BB") == "BB"


def test_a_set_of_no_patterns_never_matches():
    assert PatternSet.of([], "here").search("") is None
    assert list(PatternSet.of([], "here").spans("x")) == []


@pytest.mark.parametrize("source", ["(a", "(?!x)", "a)|(b", "[z-a]", r"\8"])
def test_a_bad_pattern_is_refused_by_name(source):
    with pytest.raises(ConfigError) as refused:
        PatternSet.of(["fine", source], "file.toml: rule 'x'")

    assert str(refused.value).startswith(f"file.toml: rule 'x': bad pattern {source!r}: ")


def test_a_pattern_that_makes_others_hang_is_done_with_a_huge_line():
    assert search("(a+)+$", "a" * 1_000_000 + "b") is None


def test_text_that_no_encoding_knows_is_searched_all_the_same():
    assert search("end", "\udcff end") == "end"
    assert plain("\udcff’") == "?'"


def test_spans_do_not_overlap():
    assert list(PatternSet.of(["aa"], "here").spans("é aaaaa")) == [(2, 4), (4, 6)]
