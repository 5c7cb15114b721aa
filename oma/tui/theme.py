"""How styles look, as data: themes, and the signs of each health.

A theme for a dark or a light terminal takes its colours from the part of the palette that is the same
everywhere, and every one of them has a contrast of 4.5 or more with black or with white. On a terminal
of fewer colours, whose palette is its own, `few` has what is readable with the common ones.
"""

from collections.abc import Mapping
from functools import lru_cache

import attrs

from oma.model.health import Health
from oma.screen.styled import TextStyle
from oma.tui.cells import Style
from oma.tui.colours import contrast, luminance, nearest
from oma.tui.inputs import Background


@attrs.frozen(eq=False)
class Theme:
    """How each style looks on one kind of terminal."""

    styles: Mapping[str, TextStyle]
    """Every name that a span may have as its style; those of health are its values."""
    few: Mapping[str, TextStyle] = attrs.Factory(dict)
    """Those that look otherwise where there are less than 256 colours."""


def _styles(
    *,
    accent: int,
    ok: int,
    idle: int,
    stuck: int,
    faint: TextStyle,
    rule: TextStyle,
) -> dict[str, TextStyle]:
    """Return every style; what invites a key, and who waits for one, have the accent."""
    inviting = TextStyle(foreground=accent, bold=True)
    return {
        "text": TextStyle(),
        "strong": TextStyle(bold=True),
        "selected": TextStyle(reverse=True),
        "question": TextStyle(reverse=True, bold=True),
        "notice": TextStyle(bold=True),
        "faint": faint,
        "rule": rule,
        "brand": inviting,
        "key": inviting,
        "ok": TextStyle(foreground=ok),
        "idle": TextStyle(foreground=idle),
        "waiting": inviting,
        "stuck": TextStyle(foreground=stuck, bold=True),
        "exited": faint,
    }


_RULE = TextStyle(foreground=243)
_DIM = TextStyle(dim=True)

DARK = Theme(
    _styles(accent=39, ok=77, idle=178, stuck=203, faint=TextStyle(foreground=245), rule=_RULE)
)

LIGHT = Theme(
    _styles(accent=25, ok=28, idle=94, stuck=160, faint=TextStyle(foreground=242), rule=_RULE),
    # Bold may mean bright, and of the bright ones only blue can be read on white.
    few={
        **dict.fromkeys(("brand", "key", "waiting"), TextStyle(foreground=4, bold=True)),
        "ok": TextStyle(),
        "idle": TextStyle(foreground=5),
        "stuck": TextStyle(foreground=1),
    },
)

TERMINAL = Theme(_styles(accent=6, ok=2, idle=3, stuck=1, faint=_DIM, rule=_DIM))
"""The terminal's own colours and no others: for who has chosen those with care."""

THEMES = {"dark": DARK, "light": LIGHT, "terminal": TERMINAL}

EMOJI = {
    Health.OK: "🟢",
    Health.IDLE: "🟡",
    Health.WAITING: "🔵",
    Health.STUCK: "🔴",
    Health.EXITED: "⚪",
}

LETTERS = {
    Health.OK: "o ",
    Health.IDLE: "i ",
    Health.WAITING: "W ",
    Health.STUCK: "S ",
    Health.EXITED: "x ",
}
"""As wide as the emoji, so that nothing else moves."""


@attrs.frozen
class TerminalCapabilities:
    """What the user's terminal shows well."""

    emoji: bool = True
    """Else letters stand for health: without colours, or on request."""
    ascii: bool = False
    """Nothing but ASCII is drawn."""

    def sign(self, health: Health) -> str:
        """Return the sign of a health, two cells wide."""
        return (EMOJI if self.emoji and not self.ascii else LETTERS)[health]


def text_style_of(style: Style, colours: int, theme: Theme = DARK) -> TextStyle:
    """Return how a style looks on a terminal of `colours` colours.

    Args:
        style: A name of a theme's style, or the style that an agent gave its text.
        colours: 0 for none at all.
        theme: Of the names.
    """
    if not isinstance(style, str):
        return _reduced(style, colours)
    if style in theme.few and colours < 256:
        return _reduced(theme.few[style], colours)
    return _reduced(theme.styles[style], colours)


def theme_on(background: Background) -> Theme:
    """Return the theme for a background: the one whose extreme it is nearer to."""
    lightness = luminance(background.red, background.green, background.blue)
    return LIGHT if contrast(lightness, 1.0) < contrast(lightness, 0.0) else DARK


def assumed_theme(colorfgbg: str) -> Theme:
    """Return the theme for a terminal that has not said how its background looks.

    Args:
        colorfgbg: What the variable COLORFGBG has, which some terminals set: two or three numbers
            of the palette, the background last.
    """
    background = colorfgbg.rpartition(";")[2]
    return LIGHT if background in {"7", "9", "10", "11", "12", "13", "14", "15"} else DARK


@lru_cache(maxsize=4096)
def _reduced(text_style: TextStyle, colours: int) -> TextStyle:
    return attrs.evolve(
        text_style,
        foreground=nearest(text_style.foreground, colours),
        background=nearest(text_style.background, colours),
    )
