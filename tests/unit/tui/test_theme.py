"""Colours on terminals with many, few or no colours; signs of health."""

import pytest

from oma.model.health import Health
from oma.screen.styled import TRUE_COLOUR, Look
from oma.tui.cells import cells
from oma.tui.theme import STYLES, Face, look_of


@pytest.mark.parametrize("health", Health)
def test_every_health_has_a_style_and_signs_of_two_cells(health):
    assert health.value in STYLES
    signs = {Face(emoji=emoji).sign(health) for emoji in (True, False)}
    assert len(signs) == 2
    assert {cells(sign) for sign in signs} == {2}


def test_ascii_never_gives_an_emoji():
    assert Face(ascii=True).sign(Health.OK).isascii()


@pytest.mark.parametrize(
    ("colour", "colours", "nearest"),
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
def test_a_colour_becomes_the_nearest_that_the_terminal_has(colour, colours, nearest):
    assert look_of(Look(foreground=colour, background=colour), colours) == Look(
        foreground=nearest, background=nearest
    )


@pytest.mark.parametrize("name", STYLES)
def test_without_colours_a_style_keeps_its_attributes(name):
    look = look_of(name, 0)

    assert look.foreground is look.background is None
    assert (look.bold, look.reverse) == (STYLES[name].bold, STYLES[name].reverse)
