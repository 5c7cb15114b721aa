"""The nearest of the colours that a terminal has, and how light colours are."""

import pytest

from oma.screen.styled import TRUE_COLOUR
from oma.tui.colours import contrast, luminance, nearest, rgb_of


@pytest.mark.parametrize(
    ("colour", "colours", "found"),
    [
        (None, 256, None),
        (9, 256, 9),
        (9, 8, 1),
        (9, 0, None),
        (TRUE_COLOUR | 0xFF0000, 256, 196),
        (TRUE_COLOUR | 0x808080, 256, 244),
        (TRUE_COLOUR | 0x101014, 256, 233),
        (TRUE_COLOUR | 0xFF0000, 8, 1),
        (39, 8, 6),
        (245, 8, None),
        (232, 8, 0),
        (255, 8, 7),
    ],
)
def test_a_colour_becomes_the_nearest_that_the_terminal_has(colour, colours, found):
    assert nearest(colour, colours) == found


def test_the_palette_is_a_cube_and_a_ramp_of_greys():
    assert [rgb_of(n) for n in (16, 39, 231, 232, 255)] == [
        (0, 0, 0), (0, 175, 255), (255, 255, 255), (8, 8, 8), (238, 238, 238)
    ]  # fmt: skip


def test_contrast_is_that_of_wcag():
    assert contrast(luminance(0, 0, 0), luminance(1, 1, 1)) == pytest.approx(21)
    assert contrast(luminance(*[0x77 / 255] * 3), 1.0) == pytest.approx(4.48, abs=0.01)
    assert contrast(0.2, 0.2) == 1
