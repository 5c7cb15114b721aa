"""Colours as numbers: of the palette of 256, of terminals that have fewer, and how light they are.

The palette's first 16 are each terminal's own; those from 16 on are the same everywhere.
"""

from oma.screen.styled import TRUE_COLOUR

_STEPS = (0, 95, 135, 175, 215, 255)
"""Of the colour cube of the palette, 16 to 231."""

_BRIGHT = (
    *((127, 127, 127), (255, 85, 85), (85, 255, 85), (255, 255, 85)),
    *((110, 110, 255), (255, 85, 255), (85, 255, 255), (255, 255, 255)),
)
"""About what terminals have as 8 to 15."""


def nearest(colour: int | None, colours: int) -> int | None:
    """Return the colour that is nearest on a terminal of so many; `None` for the own colour.

    Args:
        colour: Of the palette, or with `TRUE_COLOUR`.
        colours: 0 for none at all.
    """
    if colour is None or colours < 8:
        return None
    if colours > 256:
        return _direct(colour)
    if colour >= TRUE_COLOUR:
        colour = _in_palette(colour & 0xFFFFFF)
    if colour < colours:
        return colour
    if colour < 16:
        return colour - 8
    return _basic(*rgb_of(colour))


def rgb_of(colour: int) -> tuple[int, int, int]:
    """Return the parts, from 0 to 255, of a colour of the palette from 16 on, or with `TRUE_COLOUR`."""
    if colour >= TRUE_COLOUR:
        return colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF
    if colour >= 232:
        level = 8 + 10 * (colour - 232)
        return level, level, level
    cube = colour - 16
    return _STEPS[cube // 36], _STEPS[cube // 6 % 6], _STEPS[cube % 6]


def colour_named(text: str) -> int | None:
    """Return the colour of a text that the option kind `Colour` accepts; `None` for "terminal"."""
    if text.startswith("#"):
        return TRUE_COLOUR | int(text[1:], 16)
    return int(text) if text.isdigit() else None


def luminance(red: float, green: float, blue: float) -> float:
    """Return how light a colour is, from 0 to 1, as WCAG 2 defines it; parts are from 0 to 1."""
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def contrast(one: float, other: float) -> float:
    """Return the contrast of two luminances, from 1 to 21, as WCAG 2 defines it."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)


def _direct(colour: int) -> int:
    """Return a colour as terminals take it that are told red, green and blue.

    The first eight are still those of the palette there, and so are no shades of black.
    """
    if colour < 8:
        return colour
    red, green, blue = _BRIGHT[colour - 8] if colour < 16 else rgb_of(colour)
    packed = red << 16 | green << 8 | blue
    return packed if packed >= 8 else 0


def _in_palette(packed: int) -> int:
    red, green, blue = packed >> 16, packed >> 8 & 0xFF, packed & 0xFF
    cube = [_nearest_step(part) for part in (red, green, blue)]
    grey = min(23, max(0, ((red + green + blue) // 3 - 3) // 10))
    candidates = (16 + 36 * cube[0] + 6 * cube[1] + cube[2], 232 + grey)
    return min(
        candidates,
        key=lambda n: sum(abs(a - b) for a, b in zip(rgb_of(n), (red, green, blue), strict=True)),
    )


def _nearest_step(part: int) -> int:
    return min(range(len(_STEPS)), key=lambda step: abs(_STEPS[step] - part))


def _basic(red: int, green: int, blue: int) -> int | None:
    """Return the nearest of the first eight; greys of middle lightness are the own colour."""
    if max(red, green, blue) - min(red, green, blue) < 32 and 64 < red < 224:
        return None
    half = max(red, green, blue) / 2
    return sum(bit for bit, part in ((1, red), (2, green), (4, blue)) if part > max(half, 48))
