"""How styles look, as data: what a theme is, what a terminal shows of it, the signs of each health."""

from collections.abc import Mapping
from functools import lru_cache

import attrs

from oma.model.health import Health
from oma.screen.styled import TextStyle
from oma.tui.cells import Style
from oma.tui.colours import nearest

SELECTED = " selected"
"""Ends the name of a style as it is in what is selected."""


@attrs.frozen(eq=False)
class Theme:
    """How each style looks on one kind of terminal."""

    styles: Mapping[str, TextStyle]
    """Every name that a span may have as its style; those of health are its values."""
    few: Mapping[str, TextStyle] = attrs.Factory(dict)
    """Those that look otherwise where there are less than 256 colours."""


def selected_style(style: Style) -> Style:
    """Return how text of this style looks in what is selected; an agent's own text stays as it is."""
    return f"{style.removesuffix(SELECTED)}{SELECTED}" if isinstance(style, str) else style


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


def text_style_of(style: Style, colours: int, theme: Theme) -> TextStyle:
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


@lru_cache(maxsize=4096)
def _reduced(text_style: TextStyle, colours: int) -> TextStyle:
    return attrs.evolve(
        text_style,
        foreground=nearest(text_style.foreground, colours),
        background=nearest(text_style.background, colours),
    )
