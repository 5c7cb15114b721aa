"""Colours as options."""

import pytest

from oma.config.colour_kind import Colour


@pytest.mark.parametrize(
    ("value", "accepted"),
    [
        ("#00AFff", "#00afff"), ("#0af", None), ("#00afff00", None), ("00afff", None),
        (0, "0"), (255, "255"), (256, None), (-1, None), (True, None), (1.0, None),
        ("17", "17"), ("256", None), ("²", None), ("٣", None), ("1" * 5000, None),
        ("terminal", "terminal"), ("Theme", "theme"), ("red", None), ("", None), (None, None),
        ("#00afff\n", None),
    ],
)  # fmt: skip
def test_a_colour_is_red_green_and_blue_or_of_the_palette(value, accepted):
    assert Colour().accept(value) == accepted
