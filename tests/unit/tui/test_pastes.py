"""A paste is told from keys, however the terminal's bytes are cut into reads."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from oma.tui.inputs import Click, Key, Paste
from oma.tui.pastes import Pastes

START, END = "\x1b[200~", "\x1b[201~"
_NAMES = {"\x1b": "Escape", "\n": "Enter", "\t": "Tab"}


def keys(text):
    return [Key(_NAMES.get(character, character)) for character in text]


def meant(*reads):
    pastes = Pastes()
    return [each for read in reads for each in pastes.take(keys(read))]


def test_what_is_typed_stays_keys():
    assert meant("jK\n", "y") == keys("jK\ny")


def test_a_paste_is_one_text_and_none_of_it_a_key():
    assert meant(f"j{START}Kq\n\ty{END}k") == [Key("j"), Paste("Kq\n\ty"), Key("k")]


def test_keys_without_a_character_are_no_part_of_a_text():
    pastes = Pastes()
    read = [*keys(f"{START}a"), Key("Up"), Key("C-c"), Click(1, 1), *keys(f"b{END}")]

    assert pastes.take(read) == [Paste("ab")]


def test_an_escape_alone_is_given_on_at_once_and_what_follows_is_typed():
    pastes = Pastes()

    assert pastes.take(keys("\x1b")) == [Key("Escape")]
    assert pastes.take(keys("[")) == [Key("[")]
    assert pastes.take(keys("200~K")) == keys("200~K")


def test_an_escape_that_was_given_on_too_early_still_begins_a_paste():
    assert meant("\x1b", f"[200~K{END}") == [Key("Escape"), Paste("K")]


def test_a_sequence_that_comes_to_nothing_is_given_on():
    assert meant("\x1b[20", "jK") == keys("\x1b[20jK")
    assert meant(f"{START}a\x1b[20b{END}") == [Paste("a[20b")]


TEXTS = st.text("Kq[~201\n", max_size=12)


@given(TEXTS, TEXTS, st.lists(st.integers(2, 40), max_size=6))
def test_no_cut_makes_keys_of_a_text(before, text, cuts):
    whole = f"{before}{START}{text}{END}"
    first = len(before) + 1  # an Escape that ends a read is a key, too
    places = sorted({0, len(whole), *(cut for cut in cuts if first < cut < len(whole))})
    reads = [whole[start:end] for start, end in pairwise(places)]

    assert meant(*reads) == [*keys(before), Paste(text)]
