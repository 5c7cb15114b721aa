"""Which key a sequence of bytes means: tables of what terminals send, and no logic but look-ups.

The sequences are those of xterm, which nearly every terminal sends, and where they differ those of
the Linux console, rxvt and PuTTY. A terminal that differs from all of these is described by its
terminfo entry: `TERMINFO_KEYS` says which of its strings matter. None of them depends on a mode
that the terminal may be in: both forms of a key (`ESC [ A`, `ESC O A`) are always known.
"""

from collections.abc import Mapping

CSI_LETTERS = {
    "A": "Up", "B": "Down", "C": "Right", "D": "Left", "H": "Home", "F": "End",
    "P": "F1", "Q": "F2", "R": "F3", "S": "F4", "Z": "BackTab",
    "a": "S-Up", "b": "S-Down", "c": "S-Right", "d": "S-Left",  # rxvt
}  # fmt: skip
"""`ESC [ letter`; with parameters, the second says which modifiers are held."""

CSI_NUMBERS = {
    1: "Home", 2: "Insert", 3: "Delete", 4: "End", 5: "PageUp", 6: "PageDown", 7: "Home", 8: "End",
    11: "F1", 12: "F2", 13: "F3", 14: "F4", 15: "F5", 17: "F6", 18: "F7", 19: "F8",
    20: "F9", 21: "F10", 23: "F11", 24: "F12", 25: "F13", 26: "F14", 28: "F15", 29: "F16",
    31: "F17", 32: "F18", 33: "F19", 34: "F20",
}  # fmt: skip
"""`ESC [ number ~`; rxvt writes `^` and `@` in place of `~` for Ctrl, and for Ctrl and Shift."""

SS3_KEYS = {
    "A": "Up", "B": "Down", "C": "Right", "D": "Left", "H": "Home", "F": "End",
    "P": "F1", "Q": "F2", "R": "F3", "S": "F4", "M": "Enter", "I": "Tab",
    " ": " ", "X": "=", "j": "*", "k": "+", "l": ",", "m": "-", "n": ".", "o": "/",
    "p": "0", "q": "1", "r": "2", "s": "3", "t": "4", "u": "5", "v": "6", "w": "7", "x": "8",
    "y": "9", "a": "C-Up", "b": "C-Down", "c": "C-Right", "d": "C-Left",  # rxvt
}  # fmt: skip
"""`ESC O letter`: arrows in application mode, and the keypad, whose keys type what is on them."""

CONSOLE_F_KEYS = {"A": "F1", "B": "F2", "C": "F3", "D": "F4", "E": "F5"}
"""`ESC [ [ letter` of the Linux console."""

CONTROL_KEYS = {
    0x08: "Backspace", 0x09: "Tab", 0x0A: "Enter", 0x0D: "Enter", 0x1B: "Escape",
    0x1C: "C-\\", 0x1D: "C-]", 0x1E: "C-^", 0x1F: "C-_", 0x7F: "Backspace",
}  # fmt: skip
"""Control characters that are keys; the others up to 26 are `C-a` to `C-z`, and 0 is no key."""

TERMINFO_KEYS = {
    "kcuu1": "Up", "kcud1": "Down", "kcub1": "Left", "kcuf1": "Right",
    "khome": "Home", "kend": "End", "kpp": "PageUp", "knp": "PageDown",
    "kdch1": "Delete", "kich1": "Insert", "kcbt": "BackTab", "kent": "Enter",
    "kri": "S-Up", "kind": "S-Down", "kLFT": "S-Left", "kRIT": "S-Right",
    "kHOM": "S-Home", "kEND": "S-End", "kPRV": "S-PageUp", "kNXT": "S-PageDown",
    "kDC": "S-Delete", "kIC": "S-Insert",
} | {f"kf{number}": f"F{number}" for number in range(1, 21)}  # fmt: skip
"""Name of a terminfo capability → the key whose sequence it holds."""

_INTRODUCERS = (b"\x1b", b"\x1b[", b"\x1bO", b"\x1b]", b"\x1bP", b"\x1b_")

_SHIFT, _ALT, _CTRL = 1, 2, 4
_LOCKS = 64 | 128
"""Caps Lock and Num Lock: no modifiers of a key."""


def terminal_keys(strings: Mapping[str, bytes]) -> dict[bytes, str]:
    """Return the key of each sequence, for what a terminfo entry has in `TERMINFO_KEYS`.

    Only escape sequences count: terminals of old say that `^H` is Left, and no user means that.
    """
    keys = {
        sequence: TERMINFO_KEYS[name]
        for name, sequence in strings.items()
        if name in TERMINFO_KEYS and sequence[:1] == b"\x1b" and sequence not in _INTRODUCERS
    }
    return {
        sequence: name
        for sequence, name in keys.items()
        if not any(sequence.startswith(other) and sequence != other for other in keys)
    }


def control_key(byte: int) -> str | None:
    """Return the key that sends this control character; `None` for NUL."""
    if byte in CONTROL_KEYS:
        return CONTROL_KEYS[byte]
    return f"C-{chr(byte + 0x60)}" if 0 < byte <= 26 else None


def modified(name: str, parameter: int) -> str | None:
    """Return a key's name with the modifiers of an xterm parameter (1 for none, 2 for Shift, …).

    `None` where a modifier is held that has no name here (Super, Hyper).
    """
    held = max(0, parameter - 1) & ~_LOCKS
    if held > (_SHIFT | _ALT | _CTRL):
        return None
    if held & _SHIFT and name == "Tab":
        held, name = held & ~_SHIFT, "BackTab"
    if name == "BackTab":
        held &= ~_SHIFT
    control = "C-" if held & _CTRL else ""
    return f"{control}{'M-' if held & _ALT else ''}{'S-' if held & _SHIFT else ''}{name}"


def coded(code: int, parameter: int, *, shifted: bool) -> str | None:
    """Return the key of a Unicode code point with modifiers: `CSI code ; parameter u`.

    Args:
        code: Of the key.
        parameter: As of `modified`.
        shifted: The code is of the character that is typed, with Shift too. Else it is of the key
            without Shift, and what Shift makes of it is known for letters alone.
    """
    name = control_key(code) if code < 0x20 or code == 0x7F else _character(code)
    if name is None:
        return None
    held = max(0, parameter - 1) & ~_LOCKS
    if held & _SHIFT and len(name) == 1:
        if not (shifted or name.isalpha() or name == " "):
            return None
        name, parameter = name.upper() if len(name.upper()) == 1 else name, parameter - _SHIFT
    return modified(name, parameter)


def _character(code: int) -> str | None:
    # From U+E000 on terminals number keys that type nothing.
    if code > 0x10FFFF or 0x80 <= code < 0xA0 or 0xD800 <= code <= 0xF8FF:
        return None
    return chr(code)
