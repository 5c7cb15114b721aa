r"""Colours of lines that are printed, not painted: the terminal's own, in the styles of the theme `terminal`.

>>> painted("STUCK", "stuck")
'\x1b[1;31mSTUCK\x1b[0m'
"""

from oma.tui.themes import TERMINAL

_CODES = (("bold", 1), ("dim", 2), ("italic", 3), ("underline", 4), ("reverse", 7))


def painted(text: str, style: str) -> str:
    """Return a printable text in a style of the theme; as it is for a style that there is not."""
    look = TERMINAL.styles.get(style)
    if look is None:
        return text
    codes = [code for name, code in _CODES if getattr(look, name)]
    if look.foreground is not None:
        codes.append(30 + look.foreground)
    return f"\x1b[{';'.join(map(str, codes))}m{text}\x1b[0m" if codes else text
