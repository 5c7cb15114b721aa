"""Control sequences, `ESC [ … letter`: keys with their modifiers, the mouse, the start of a paste.

Keys come in four forms: the one of VT220 (`ESC [ 3 ; 5 ~`), the one of PC keyboards (`ESC [ 1 ; 5 A`),
xterm's for other keys (`ESC [ 27 ; 5 ; 120 ~`) and the one by code point (`ESC [ 120 ; 5 u`).
"""

import re

from oma.tui.inputs import Click, Key, Wheel
from oma.tui.terminal_input import key_tables
from oma.tui.terminal_input.piece import MOST_BYTES, Meaning, PasteStart, Piece, key_piece

_PARAMETERS = re.compile(rb"[0-?]*[ -/]*")
_OF_A_KEY = re.compile(r"[0-9;:]*")


def read_csi(data: bytes, start: int) -> Piece | None:
    """Return the piece of a control sequence; `None` while its end is missing. Total.

    Args:
        data: What the terminal sent.
        start: Where what follows `ESC [` begins.
    """
    if data[start : start + 1] == b"[":
        return _console_key(data, start + 1)
    if data[start : start + 1] == b"M":
        return _x10_mouse(data, start + 1)
    found = _PARAMETERS.match(data, start, start + MOST_BYTES)
    assert found is not None
    end = found.end()
    if end - start == MOST_BYTES:
        return Piece(end)
    if end == len(data):
        return None
    if not 0x40 <= data[end] <= 0x7E:
        return Piece(end)
    return Piece(end + 1, _meaning(found[0].decode("ascii"), chr(data[end])))


def numbers_in(parameters: str) -> list[int]:
    """Return the first part of each parameter; an empty one, and one of many digits, is 0."""
    if not parameters:
        return []
    heads = (parameter.partition(":")[0] for parameter in parameters.split(";"))
    return [int(head) if head.isdigit() and len(head) < 8 else 0 for head in heads]


def _meaning(parameters: str, final: str) -> Meaning:
    if parameters.startswith("<") and final in "Mm":
        numbers = numbers_in(parameters[1:])
        return _mouse(*numbers) if len(numbers) == 3 and final == "M" else None
    if final == "~" and parameters == "200":
        return PasteStart()
    if not _OF_A_KEY.fullmatch(parameters) or _let_go(parameters):
        return None
    name = _key(parameters, final)
    return None if name is None else Key(name)


def _key(parameters: str, final: str) -> str | None:
    numbers = numbers_in(parameters)
    match final, numbers:
        case "u", [code]:
            return key_tables.coded(code, 1, shifted=False)
        case "u", [code, held]:
            typed = _alternate(parameters)
            return key_tables.coded(typed or code, held, shifted=typed is not None)
        case "~", [27, held, code]:
            return key_tables.coded(code, held, shifted=True)
        case "~", [number, held]:
            name = key_tables.CSI_NUMBERS.get(number)
        case (("~" | "^" | "@"), [number]):
            return _numbered(number, {"~": "", "^": "C-", "@": "C-S-"}[final])
        case _, [] | [1]:
            return key_tables.CSI_LETTERS.get(final)
        case _, [1, held]:
            name = key_tables.CSI_LETTERS.get(final)
        case _:
            return None
    return None if name is None else key_tables.modified(name, held)


def _numbered(number: int, prefix: str) -> str | None:
    name = key_tables.CSI_NUMBERS.get(number)
    return None if name is None else f"{prefix}{name}"


def _alternate(parameters: str) -> int | None:
    """Return the code of what the key types with Shift, where the terminal says it."""
    code = parameters.partition(";")[0].partition(":")[2].partition(":")[0]
    return int(code) if code and len(code) < 8 else None


def _let_go(parameters: str) -> bool:
    """Say whether a key was let go: `ESC [ 97 ; 1 : 3 u`."""
    held = parameters.partition(";")[2].partition(";")[0]
    return held.partition(":")[2] == "3"


def _console_key(data: bytes, at: int) -> Piece | None:
    return (
        None
        if at == len(data)
        else key_piece(at + 1, key_tables.CONSOLE_F_KEYS.get(chr(data[at])))
    )


def _x10_mouse(data: bytes, start: int) -> Piece | None:
    """Read three bytes: what a terminal sends for the mouse that knows no better form."""
    if len(data) < start + 3:
        return None
    return Piece(start + 3, _mouse(*(byte - 32 for byte in data[start : start + 3])))


def _mouse(button: int, column: int, row: int) -> Meaning:
    """Return what a button at a cell counted from 1 means; modifiers (4, 8, 16) do not count."""
    if row < 1 or column < 1:
        return None
    match button & ~0b11100:
        case 0:
            return Click(row - 1, column - 1)
        case 64:
            return Wheel(-1)
        case 65:
            return Wheel(1)
        case _:
            return None
