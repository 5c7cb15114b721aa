r"""One piece of what a terminal sent at a time: a character, a key, a report, an answer. Pure.

The grammar is that of ECMA-48 as terminals use it for keys: `ESC` and a character is that character
with Alt, `ESC [` and `ESC O` begin a key or a report, `ESC ]`, `ESC P` and `ESC _` an answer that
ends with `BEL` or `ESC \`. Every sequence is read to its end before it is looked up, so that an
unknown one is skipped as a whole and none of its bytes is taken for a key.
"""

from collections.abc import Mapping

from oma.tui.inputs import Key
from oma.tui.terminal_input.answers import read_answer
from oma.tui.terminal_input.csi import numbers_in, read_csi
from oma.tui.terminal_input.key_tables import SS3_KEYS, control_key, modified
from oma.tui.terminal_input.piece import MOST_BYTES, Piece, key_piece

_ESCAPE = 0x1B
_LONGEST_KNOWN = 32


def read_piece(data: bytes, at: int, known: Mapping[bytes, str]) -> Piece | None:
    """Return the piece that begins at `at`; `None` while its end may still be missing.

    The answer depends on nothing but the bytes, never on how many of them came at once. Total.

    Args:
        data: What the terminal sent.
        at: A place in it.
        known: Sequences of keys of this terminal: each begins with `ESC`, none with another.
    """
    if data[at] == _ESCAPE:
        return _escape(data, at, known)
    return _character(data, at)


def _character(data: bytes, at: int) -> Piece | None:
    first = data[at]
    if first < 0x20 or first == 0x7F:
        return key_piece(at + 1, control_key(first))
    if first < 0x80:
        return Piece(at + 1, Key(chr(first)))
    if not 0xC2 <= first < 0xF5:
        return Piece(at + 1)
    length = 2 if first < 0xE0 else 3 if first < 0xF0 else 4
    end = at + 1
    while end < min(len(data), at + length) and 0x80 <= data[end] < 0xC0:
        end += 1
    if end == len(data) < at + length:
        return None
    try:
        text = data[at:end].decode()
    except UnicodeDecodeError:
        return Piece(end)
    # C1 control characters: no terminal sends them for a key.
    return Piece(end, None if "\x80" <= text < "\xa0" else Key(text))


def _escape(data: bytes, at: int, known: Mapping[bytes, str]) -> Piece | None:
    for sequence, name in known.items():
        if data.startswith(sequence, at):
            return Piece(at + len(sequence), Key(name))
    rest = data[at : at + _LONGEST_KNOWN]
    if len(rest) == 1 or any(sequence.startswith(rest) for sequence in known):
        return None
    match chr(data[at + 1]):
        case "[":
            return read_csi(data, at + 2)
        case "O":
            return _ss3(data, at + 2)
        case "]" | "P" | "_":
            return read_answer(data, at + 1)
        case "\x1b":
            return _twice(data, at, known)
        case _:
            return _with_alt(_character(data, at + 1))


def _twice(data: bytes, at: int, known: Mapping[bytes, str]) -> Piece | None:
    """Read `ESC ESC`: Alt with a key that has a sequence, or Escape and something else."""
    inner = data[at + 2 : at + 3]
    if not inner:
        return None
    if inner in {b"[", b"O"}:
        piece = _escape(data, at + 1, known)
        if piece is None or isinstance(piece.meaning, Key | None):
            return _with_alt(piece)
    return Piece(at + 1, Key("Escape"))


def _with_alt(piece: Piece | None) -> Piece | None:
    if piece is None or not isinstance(piece.meaning, Key):
        return piece
    name = piece.meaning.name
    control = "C-" if name.startswith("C-") else ""
    plain = name.removeprefix("C-").removeprefix("M-")
    return Piece(piece.end, Key(f"{control}M-{plain}"))


def _ss3(data: bytes, start: int) -> Piece | None:
    """Read what follows `ESC O`: a letter, with some terminals after the number of modifiers."""
    at, limit = start, start + MOST_BYTES
    while at < min(len(data), limit) and data[at] in b"0123456789;":
        at += 1
    if at == limit:
        return Piece(at)
    if at == len(data):
        return None
    if not 0x20 <= data[at] <= 0x7E:
        return Piece(at)
    name = SS3_KEYS.get(chr(data[at]))
    numbers = numbers_in(data[start:at].decode("ascii"))
    if name is not None and numbers:
        name = modified(name, numbers[-1])
    return key_piece(at + 1, name)
