r"""Hostile text made fit for a terminal.

Whatever an agent prints, or is named, may hold escape sequences. It passes `printable` before it goes to
the user's terminal.

>>> printable("done\x1b[2J\n")
'done␛[2J␊'
"""

import unicodedata

_REPLACED = frozenset({"Cc", "Cs", "Zl", "Zp"})
_DIRECTION = frozenset(
    {"\u200e", "\u200f", "\u061c", *map(chr, range(0x202A, 0x202F))}
) | frozenset(map(chr, range(0x2066, 0x206A)))
"""Marks that turn the direction of the text after them, on to the end of our own line."""

_NOTHING = frozenset({"\u180e", "\u200b", "\u2060", "\ufeff"})
"""What shows nothing and joins nothing: a name with it looks like another one."""

_DROPPED = _DIRECTION | _NOTHING


def printable(text: str) -> str:
    """Return `text` on one line, with every control character shown as a visible sign.

    C0 controls become their Unicode pictures (`␛`), other controls, line separators and lone
    surrogates `�`; direction marks and characters without width that join nothing are dropped. Total.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_sign, text))


def _sign(character: str) -> str:
    if character < " ":
        return chr(0x2400 + ord(character))
    if character == "\x7f":
        return "\u2421"
    if character in _DROPPED:
        return ""
    return "\ufffd" if unicodedata.category(character) in _REPLACED else character
