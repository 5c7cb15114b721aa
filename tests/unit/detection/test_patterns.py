import importlib
import pkgutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma import detection
from oma.detection.patterns import PatternIndex, PatternSet, plain
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


def test_every_pattern_that_comes_with_oma_is_one():
    modules = [
        importlib.import_module(f"oma.detection.{found.name}")
        for found in pkgutil.iter_modules(detection.__path__)
    ]
    values = [value for module in modules for value in vars(module).values()]
    for value in list(values):
        values += value if type(value) is tuple else value.values() if type(value) is dict else ()
    sets = {each for each in values if type(each) is PatternSet}

    assert len(sets) > 30
    for each in sets:
        PatternSet.of(each.sources, "oma.detection")


def test_a_pattern_that_makes_others_hang_is_done_with_a_huge_line():
    assert search("(a+)+$", "a" * 1_000_000 + "b") is None


def test_text_that_no_encoding_knows_is_searched_all_the_same():
    assert search("end", "\udcff end") == "end"
    assert plain("\udcff’") == "?'"


def test_spans_do_not_overlap():
    assert list(PatternSet.of(["aa"], "here").spans("é aaaaa")) == [(2, 4), (4, 6)]


def index_of(*sets):
    return PatternIndex.of(sets, "here")


def test_an_index_tells_which_sets_find_something():
    one, other = PatternSet.of(["a", "^b"], "here"), PatternSet.of(["c"], "here")
    index = index_of(one, other, one)

    assert index.marks(("xa", "b", "c’", "a c", "xb", "")) == (
        index.mark(one),
        index.mark(one),
        index.mark(other),
        index.mark(one) | index.mark(other),
        0,
        0,
    )


def test_a_set_of_no_patterns_and_a_set_of_elsewhere_have_no_mark():
    nothing, elsewhere = PatternSet.of([], "here"), PatternSet.of(["a"], "here")
    index = index_of(nothing)

    assert (index.mark(nothing), index.mark(elsewhere), index.marks(("a",))) == (0, 0, (0,))


@settings(max_examples=60)
@given(st.text(alphabet="aAbc’'x ❯\u00a0\udcff", max_size=30))
def test_an_index_finds_what_each_set_finds(line):
    sets = [
        PatternSet.of([s], "here") for s in ("a+b", "^❯ ", "'", r"\bx\b", "c$", "(a|b)*a(a|b){9}")
    ]
    index = index_of(*sets)

    found = sum(index.mark(patterns) for patterns in sets if patterns.search(line) is not None)
    assert index.marks((line,)) == (found,)


def test_an_index_loses_no_match_where_its_automaton_grows_large():
    large = PatternSet.of(["(a|b)*a(a|b){14}c"], "here")
    bits = [f"{number:016b}" * 50 for number in range(80)]
    lines = [text.replace("0", "a").replace("1", "b") for text in bits]
    lines += [line + "c" for line in lines]

    found = [large.search(line) is not None for line in lines]
    assert list(map(bool, index_of(large).marks(lines))) == found
    assert set(found) == {True, False}


def test_patterns_that_are_too_large_together_are_refused():
    sets = [PatternSet.of([rf"(?:\pL{{10}}|x{n})y"], "here") for n in range(20)]

    with pytest.raises(ConfigError, match=r"^here: too many patterns, or too large ones"):
        index_of(*sets)


def test_what_is_not_refused_is_found_however_large_it_is():
    for count in range(1, 15):
        alone = [PatternSet.of([rf"(?:\pL{{10}}|x{n})y"], "here") for n in range(count)]
        try:
            index = index_of(*alone)
        except ConfigError:
            assert count > 10
            continue
        assert index.marks(("x0y",)) == (index.mark(alone[0]),), count


def test_a_line_that_holds_what_no_line_holds_finds_nothing():
    assert index_of(PatternSet.of(["a"], "here")).marks(("\0", "a\0")) == (0, 1)


def test_an_index_is_done_with_a_huge_hostile_line():
    assert index_of(PatternSet.of(["(a+)+$"], "here")).marks(("a" * 1_000_000 + "b",)) == (0,)


def test_patterns_that_are_compiled_later_find_the_same():
    sets = [PatternSet.of(["a+b", "c$"], "here"), PatternSet.of(["b"], "here")]
    lines = ("aab", "c", "b", "nothing")

    later = PatternIndex.of(sets, "here", compile_later=True)

    assert later.marks(lines) == index_of(*sets).marks(lines) == (3, 1, 2, 0)
