"""Themes: what can be read on which background; signs of health."""

import pytest

from oma.model.health import Health
from oma.screen.styled import TRUE_COLOUR, TextStyle
from oma.tui.cells import cells
from oma.tui.colours import contrast, luminance, rgb_of
from oma.tui.inputs import Background
from oma.tui.theme import (
    DARK,
    LIGHT,
    TERMINAL,
    THEMES,
    TerminalCapabilities,
    assumed_theme,
    text_style_of,
    theme_on,
)

READABLE = 4.5
"""What WCAG 2 asks of text."""

# The palette of xterm, whose own 16 most terminals resemble.
XTERM = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0),
    (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
    (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0),
    (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255),
]  # fmt: skip


def rgb(colour):
    return [part / 255 for part in (XTERM[colour] if colour < 16 else rgb_of(colour))]


PAPER = {"dark": 0.0, "light": 1.0}
EVERY = [(name, style) for name in PAPER for style in THEMES[name].styles]


@pytest.mark.parametrize(("name", "style"), EVERY)
def test_every_pair_of_colours_of_a_theme_can_be_read_on_its_background(name, style):
    text_style = text_style_of(style, 256, THEMES[name])
    ink = PAPER[name] if text_style.reverse else 1.0 - PAPER[name]
    paper = 1.0 - PAPER[name] if text_style.reverse else PAPER[name]
    if text_style.foreground is not None:
        assert text_style.foreground >= 16, "a colour that is another one on each terminal"
        ink = luminance(*rgb(text_style.foreground))
    assert text_style.background is None
    assert contrast(ink, paper) >= READABLE


@pytest.mark.parametrize("colours", [8, 16])
@pytest.mark.parametrize(("name", "style"), EVERY)
def test_with_few_colours_it_can_be_read_too_whether_bold_is_bright_or_not(name, style, colours):
    text_style = text_style_of(style, colours, THEMES[name])
    if text_style.foreground is None:
        return
    bright = contrast(luminance(*rgb(text_style.foreground + 8)), PAPER[name])
    normal = contrast(luminance(*rgb(text_style.foreground)), PAPER[name])
    if (name, text_style.foreground, text_style.bold) == ("dark", 1, True):
        normal = bright  # red on black: where bold is not bright, terminals have a lighter red
    assert (min(bright, normal) if text_style.bold else normal) >= READABLE


@pytest.mark.parametrize("theme", THEMES.values())
@pytest.mark.parametrize("health", Health)
def test_every_health_has_a_style_and_signs_of_two_cells(health, theme):
    assert health.value in theme.styles
    signs = {TerminalCapabilities(emoji=emoji).sign(health) for emoji in (True, False)}
    assert len(signs) == 2
    assert {cells(sign) for sign in signs} == {2}


def test_all_themes_have_the_same_styles():
    assert DARK.styles.keys() == LIGHT.styles.keys() == TERMINAL.styles.keys()
    assert all(theme.few.keys() <= theme.styles.keys() for theme in THEMES.values())


def test_the_theme_of_the_terminal_uses_its_own_colours_alone():
    assert all((text_style.foreground or 0) < 8 for text_style in TERMINAL.styles.values())


def test_ascii_never_gives_an_emoji():
    assert TerminalCapabilities(ascii=True).sign(Health.OK).isascii()


@pytest.mark.parametrize(
    ("background", "theme"),
    [
        ((1, 1, 1), LIGHT),
        ((0.99, 0.96, 0.89), LIGHT),
        ((0.9, 0.9, 0.9), LIGHT),
        ((0, 0, 0), DARK),
        ((0.0, 0.17, 0.21), DARK),
        ((0.2, 0.2, 0.3), DARK),
        ((0, 0, 1), DARK),
    ],
)
def test_the_theme_follows_the_background(background, theme):
    assert theme_on(Background(*background)) is theme


@pytest.mark.parametrize(
    ("value", "theme"),
    [
        ("", DARK), ("15;0", DARK), ("0;15", LIGHT), ("0;default;15", LIGHT), ("0;7", LIGHT),
        ("12;8", DARK), ("0;default", DARK), ("x;y;z", DARK), ("15", LIGHT),
    ],
)  # fmt: skip
def test_a_terminal_that_says_nothing_has_what_its_variable_says_and_else_is_dark(value, theme):
    assert assumed_theme(value) is theme


def test_a_style_of_an_agent_is_reduced_to_what_the_terminal_has():
    own = TextStyle(foreground=TRUE_COLOUR | 0xFF0000, background=39, bold=True)

    assert text_style_of(own, 256) == TextStyle(foreground=196, background=39, bold=True)
    assert text_style_of(own, 8) == TextStyle(foreground=1, background=6, bold=True)


@pytest.mark.parametrize("theme", THEMES.values())
@pytest.mark.parametrize("name", DARK.styles)
def test_without_colours_a_style_keeps_its_attributes(name, theme):
    text_style = text_style_of(name, 0, theme)

    assert text_style.foreground is text_style.background is None
    assert text_style.reverse == theme.styles[name].reverse
