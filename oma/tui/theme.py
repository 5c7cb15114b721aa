"""How styles look, as data: names to colours and attributes, and the signs of each health.

Colours are numbers of the palette of 256; a terminal of fewer gets the nearest it has. Those of
health come from the lower 16 where a person's own theme makes them readable.
"""

from functools import lru_cache

import attrs

from oma.model.health import Health
from oma.screen.styled import TRUE_COLOUR, Look
from oma.tui.cells import Style

STYLES: dict[str, Look] = {
    "text": Look(),
    "strong": Look(bold=True),
    "faint": Look(foreground=245),
    "rule": Look(foreground=240),
    "brand": Look(foreground=39, bold=True),
    "key": Look(foreground=39, bold=True),
    "selected": Look(reverse=True),
    "question": Look(reverse=True, bold=True),
    "notice": Look(bold=True),
    "ok": Look(foreground=2),
    "idle": Look(foreground=3),
    "waiting": Look(foreground=39, bold=True),
    "stuck": Look(foreground=1, bold=True),
    "exited": Look(foreground=245),
}
"""Every name that a span may have as its style; those of health are its values."""

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

_STEPS = (0, 95, 135, 175, 215, 255)
"""Of the colour cube of the palette, 16 to 231."""


@attrs.frozen
class Face:
    """What the person's terminal shows well."""

    emoji: bool = True
    """Else letters stand for health: without colours, or on request."""
    ascii: bool = False
    """Nothing but ASCII is drawn."""

    def sign(self, health: Health) -> str:
        """Return the sign of a health, two cells wide."""
        return (EMOJI if self.emoji and not self.ascii else LETTERS)[health]


def look_of(style: Style, colours: int) -> Look:
    """Return how a style looks on a terminal of `colours` colours.

    Args:
        style: A name of `STYLES`, or the look that an agent gave its text.
        colours: 0 for none at all.
    """
    return _reduced(STYLES[style] if isinstance(style, str) else style, colours)


@lru_cache(maxsize=4096)
def _reduced(look: Look, colours: int) -> Look:
    return attrs.evolve(
        look,
        foreground=_nearest(look.foreground, colours),
        background=_nearest(look.background, colours),
    )


def _nearest(colour: int | None, colours: int) -> int | None:
    if colour is None or colours < 8:
        return None
    if colour >= TRUE_COLOUR:
        colour = _in_palette(colour & 0xFFFFFF)
    if colour < colours:
        return colour
    if colour < 16:
        return colour - 8
    return _basic(*_rgb(colour))


def _in_palette(packed: int) -> int:
    red, green, blue = packed >> 16, packed >> 8 & 0xFF, packed & 0xFF
    cube = [_nearest_step(part) for part in (red, green, blue)]
    grey = min(23, max(0, ((red + green + blue) // 3 - 3) // 10))
    candidates = (16 + 36 * cube[0] + 6 * cube[1] + cube[2], 232 + grey)
    return min(
        candidates,
        key=lambda n: sum(abs(a - b) for a, b in zip(_rgb(n), (red, green, blue), strict=True)),
    )


def _nearest_step(part: int) -> int:
    return min(range(len(_STEPS)), key=lambda step: abs(_STEPS[step] - part))


def _rgb(colour: int) -> tuple[int, int, int]:
    if colour >= 232:
        level = 8 + 10 * (colour - 232)
        return level, level, level
    cube = colour - 16
    return _STEPS[cube // 36], _STEPS[cube // 6 % 6], _STEPS[cube % 6]


def _basic(red: int, green: int, blue: int) -> int | None:
    """Return the nearest of the first eight; greys of middle lightness are the own colour."""
    if max(red, green, blue) - min(red, green, blue) < 32 and 64 < red < 224:
        return None
    half = max(red, green, blue) / 2
    return sum(bit for bit, part in ((1, red), (2, green), (4, blue)) if part > max(half, 48))
