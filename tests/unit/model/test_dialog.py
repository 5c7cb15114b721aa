import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.model.dialog import Dialog, DialogOption

YES, NO = DialogOption("1", "Yes", chosen=True), DialogOption("2", "No")
ASKS = Dialog("Proceed?", "ls", (YES, NO))


@pytest.mark.parametrize(
    "other",
    [
        attrs.evolve(ASKS, question="Proceed!"),
        attrs.evolve(ASKS, subject="rm -rf build"),
        attrs.evolve(ASKS, options=(YES,)),
        attrs.evolve(ASKS, options=(NO, YES)),
        attrs.evolve(ASKS, options=(YES, attrs.evolve(NO, label="Never"))),
        attrs.evolve(ASKS, question="", subject="Proceed?"),
    ],
)
def test_another_dialog_has_another_fingerprint(other):
    assert other.fingerprint != ASKS.fingerprint


def test_moving_the_mark_makes_no_other_dialog():
    moved = (attrs.evolve(YES, chosen=False), attrs.evolve(NO, chosen=True))

    assert attrs.evolve(ASKS, options=moved).fingerprint == ASKS.fingerprint


@given(st.text(st.characters()), st.text(st.characters()))
def test_a_fingerprint_is_16_hexadecimal_digits_whatever_is_asked(question, label):
    fingerprint = Dialog(question, "", (DialogOption("1", label),)).fingerprint

    assert len(fingerprint) == 16
    assert set(fingerprint) <= set("0123456789abcdef")


def test_a_dialog_is_told_on_one_line():
    two = attrs.evolve(ASKS, subject="Bash command\nls", options=(YES, DialogOption("", "else")))

    assert ASKS.summary == "Proceed? [ls] 1. Yes · 2. No"
    assert two.summary == "Proceed? [Bash command · ls] 1. Yes · else"
    assert Dialog("", "", (NO,)).summary == "2. No"


def test_an_option_is_found_by_its_key_alone():
    arrows = Dialog("Which?", "", (DialogOption("", "this"), NO))

    assert arrows.option("2") is NO
    assert arrows.option("") is None
    assert arrows.option("1") is None
