"""The echo of a typed text on a screen."""

import pytest

from oma.screen.echo import PROOF_CHARACTERS, times_shown


@pytest.mark.parametrize(
    ("screen", "times"),
    [
        (None, 0),
        ((), 0),
        (("hello world",), 1),
        (("│ > hel │", "│ lo world │"), 1),
        (("hello world", "hello", "  world"), 2),
        (("hello",), 0),
    ],
)
def test_a_text_is_found_however_it_is_wrapped_and_framed(screen, times):
    assert times_shown(screen, "hello\nworld") == times


def test_the_end_of_a_long_text_is_proof_enough():
    text = "x" * 100 + "y" * PROOF_CHARACTERS

    assert times_shown(("y" * PROOF_CHARACTERS,), text) == 1


def test_a_text_without_ink_has_no_proof():
    assert times_shown(("anything",), " \n\t") == 0
