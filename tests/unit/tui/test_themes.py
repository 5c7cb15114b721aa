"""Themes: what can be read on which background, and what a user may change."""

import attrs
import pytest

from oma.config.theme_section import ThemeColours
from oma.model.health import Health
from oma.screen.styled import TRUE_COLOUR, TextStyle
from oma.tui.colours import contrast, luminance, rgb_of
from oma.tui.inputs import Background
from oma.tui.theme import SELECTED, text_style_of
from oma.tui.themes import CHOICES, DARK, LIGHT, TERMINAL, chosen, with_own

READABLE, BEST = 4.5, 7.0
"""What WCAG 2 asks of text, and of text with enhanced contrast."""

# The palette of xterm, whose own 16 most terminals resemble.
XTERM = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0),
    (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
    (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0),
    (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255),
]  # fmt: skip


def lightness(colour):
    return luminance(*(part / 255 for part in (XTERM[colour] if colour < 16 else rgb_of(colour))))


PAPER = {"dark": 0.0, "light": 1.0, "contrast-dark": 0.0, "contrast-light": 1.0}
LOOKS = {
    "dark": DARK,
    "light": LIGHT,
    "contrast-dark": CHOICES["high-contrast"].dark,
    "contrast-light": CHOICES["high-contrast"].light,
}
ALL = [*LOOKS.values(), TERMINAL]
EVERY = [(name, style) for name in PAPER for style in LOOKS[name].styles]


@pytest.mark.parametrize(("name", "style"), EVERY)
def test_every_pair_of_colours_of_a_theme_can_be_read(name, style):
    text_style = text_style_of(style, 256, LOOKS[name])
    ink, paper = 1.0 - PAPER[name], PAPER[name]
    if text_style.foreground is not None:
        assert text_style.foreground >= 16, "a colour that is another one on each terminal"
        ink = lightness(text_style.foreground)
    if text_style.background is not None:
        assert text_style.background >= 16, "a colour that is another one on each terminal"
        assert text_style.foreground is not None, "the terminal's own text on a background of ours"
        paper = lightness(text_style.background)

    assert not text_style.dim, "nobody knows how dim that is"
    assert contrast(ink, paper) >= (BEST if name.startswith("contrast") else READABLE)


@pytest.mark.parametrize("colours", [8, 16])
@pytest.mark.parametrize(("name", "style"), EVERY)
def test_with_few_colours_it_can_be_read_too_whether_bold_is_bright_or_not(name, style, colours):
    text_style = text_style_of(style, colours, LOOKS[name])
    assert text_style.background is None
    if text_style.foreground is None:
        return
    bright = contrast(lightness(text_style.foreground % 8 + 8), PAPER[name])
    normal = contrast(lightness(text_style.foreground), PAPER[name])
    if (name, text_style.foreground, text_style.bold) == ("dark", 1, True):
        normal = bright  # red on black: where bold is not bright, terminals have a lighter red
    assert (min(bright, normal) if text_style.bold else normal) >= READABLE


@pytest.mark.parametrize("theme", ALL)
def test_all_themes_have_the_same_styles_and_every_health_has_one(theme):
    assert theme.styles.keys() == DARK.styles.keys()
    assert theme.few.keys() <= theme.styles.keys()
    assert theme.styles.keys() >= {health.value for health in Health}
    assert all(f"{name}{SELECTED}" in DARK.styles for name in DARK.styles if SELECTED not in name)


@pytest.mark.parametrize("theme", ALL)
@pytest.mark.parametrize("name", [name for name in DARK.styles if not name.endswith(SELECTED)])
def test_what_is_selected_looks_otherwise_whatever_the_terminal_has(theme, name):
    for colours in (0, 8, 256):
        plain, marked = (
            text_style_of(each, colours, theme) for each in (name, f"{name}{SELECTED}")
        )
        assert marked.reverse or marked.background is not None
        assert marked != plain or plain.reverse


def test_the_theme_of_the_terminal_uses_its_own_colours_alone():
    assert all((text_style.foreground or 0) < 8 for text_style in TERMINAL.styles.values())
    assert not any(text_style.background for text_style in TERMINAL.styles.values())


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
    assert CHOICES["auto"].on(Background(*background)) is theme


@pytest.mark.parametrize(
    ("value", "theme"),
    [
        ("", DARK), ("15;0", DARK), ("0;15", LIGHT), ("0;default;15", LIGHT), ("0;7", LIGHT),
        ("12;8", DARK), ("0;default", DARK), ("x;y;z", DARK), ("15", LIGHT),
    ],
)  # fmt: skip
def test_a_terminal_that_says_nothing_has_what_its_variable_says_and_else_is_dark(value, theme):
    assert CHOICES["auto"].assumed(value) is theme


@pytest.mark.parametrize(
    ("name", "asks"),
    [("auto", True), ("high-contrast", True), ("dark", False), ("light", False)],
)
def test_the_background_is_asked_for_where_it_decides(name, asks):
    own = {"ok": "#123456"}

    assert chosen(name, {}).asks_background == chosen(name, own).asks_background == asks


@pytest.mark.parametrize("theme", ALL)
@pytest.mark.parametrize("name", DARK.styles)
def test_without_colours_a_style_keeps_its_attributes(name, theme):
    text_style = text_style_of(name, 0, theme)

    assert text_style.foreground is text_style.background is None
    assert text_style.bold == theme.few.get(name, theme.styles[name]).bold


def test_colours_of_ones_own_take_the_place_of_those_of_the_theme():
    own = {"accent": "#00ff00", "waiting": "200", "faint": "terminal", "selection": "17"}
    styles = with_own(DARK, own).styles

    assert styles["key"] == TextStyle(foreground=TRUE_COLOUR | 0x00FF00, bold=True)
    assert styles["waiting"].foreground == 200
    assert styles["faint"].foreground is styles["exited"].foreground is None
    assert styles["ok"] == DARK.styles["ok"]
    assert styles["waiting selected"] == TextStyle(foreground=200, background=17, bold=True)
    assert styles["ok selected"] == attrs.evolve(DARK.styles["ok selected"], background=17)


def test_every_option_of_a_theme_changes_something():
    for field in attrs.fields(ThemeColours):
        assert with_own(TERMINAL, {field.name: "100"}).styles != TERMINAL.styles


def test_without_colours_of_ones_own_the_theme_is_the_one_that_is_named():
    assert chosen("dark", attrs.asdict(ThemeColours())) is CHOICES["dark"]
