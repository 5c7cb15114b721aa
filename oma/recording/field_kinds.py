"""How one field of an event is spelled in JSON: the type of the field decides.

Each `FieldKind` reads what a JSON parser gave and refuses anything else, because a recording may come
from anywhere.
"""

import binascii
from collections.abc import Callable, Mapping

import attrs

from oma.errors import ProtocolError
from oma.model.ids import (
    AgentId,
    PaneId,
    SessionId,
    WindowId,
    parse_pane_id,
    parse_session_id,
    parse_window_id,
)

MAX_CELLS = 65_535
"""Largest width or height that a record may name: tmux stops at 10 000, terminals at 16 bits."""


class MismatchError(ValueError):
    """A value is not of its field's kind; never leaves this package."""


@attrs.frozen
class FieldKind:
    """How the values of one type are read and written."""

    expected: str
    """For messages: `a string`."""
    read: Callable[[object], object]
    """Raises `MismatchError`."""
    write: Callable[[object], object] | None = None
    """`None` when the value goes into JSON as it is."""


def read_data(fields: Mapping[str, object]) -> bytes:
    """Return the bytes of `text` or else of `base64`.

    Raises:
        MismatchError: neither is there, or the one that counts is malformed.
    """
    text = fields.get("text")
    if type(text) is str:
        try:
            return text.encode()
        except UnicodeEncodeError:
            raise MismatchError from None
    encoded = fields.get("base64")
    if text is None and type(encoded) is str:
        try:
            return binascii.a2b_base64(encoded, strict_mode=True)
        except ValueError:  # binascii.Error, or a character beyond ASCII
            raise MismatchError from None
    raise MismatchError


def write_data(data: bytes) -> tuple[str, str]:
    """Return key and value: `text` for strictly valid UTF-8, else `base64`."""
    try:
        return "text", data.decode()
    except UnicodeDecodeError:
        return "base64", binascii.b2a_base64(data, newline=False).decode("ascii")


def optional(kind: FieldKind) -> FieldKind:
    """Return the kind that is `kind` or null; it writes as it is."""

    def read(value: object) -> object:
        return None if value is None else kind.read(value)

    return FieldKind(f"{kind.expected} or null", read)


def _exactly(wanted: type) -> Callable[[object], object]:
    def read(value: object) -> object:
        if type(value) is wanted:  # exact: JSON's true is no integer
            return value
        raise MismatchError

    return read


def _read_number(value: object) -> float:
    if type(value) is float or type(value) is int:
        return float(value)
    raise MismatchError


def _read_cells(value: object) -> int:
    if type(value) is int and 0 <= value <= MAX_CELLS:
        return value
    raise MismatchError


def _read_strings(value: object) -> tuple[str, ...]:
    if type(value) is list and all(type(item) is str for item in value):
        return tuple(value)
    raise MismatchError


def _write_strings(value: object) -> object:
    assert type(value) is tuple
    return list(value)


def _id(parse: Callable[[str], str]) -> Callable[[object], object]:
    def read(value: object) -> object:
        if type(value) is not str:
            raise MismatchError
        try:
            return parse(value)
        except ProtocolError:
            raise MismatchError from None

    return read


def _parse_agent_id(text: str) -> str:
    return parse_pane_id(text) if text[:1] == "%" else parse_session_id(text)


def _read_panes(value: object) -> tuple[object, ...]:
    if type(value) is not list:
        raise MismatchError
    return tuple(_PANE.read(item) for item in value)


_STRING = FieldKind("a string", _exactly(str))
_INTEGER = FieldKind("an integer", _exactly(int))
_NUMBER = FieldKind("a number", _read_number)
_PANE = FieldKind("a pane id such as '%4'", _id(parse_pane_id))
_SESSION = FieldKind("a session id such as '$3'", _id(parse_session_id))

DATA = FieldKind("'text', or 'base64' that is valid", _exactly(bytes))
"""Marks a field of bytes, which has two spellings: see `read_data` and `write_data`."""

CELLS = FieldKind(f"a number of cells from 0 to {MAX_CELLS}", _read_cells)
"""For widths and heights, which an emulator allocates."""

KINDS: Mapping[object, FieldKind] = {
    str: _STRING,
    str | None: optional(_STRING),
    int: _INTEGER,
    int | None: optional(_INTEGER),
    float: _NUMBER,
    float | None: optional(_NUMBER),
    bool: FieldKind("true or false", _exactly(bool)),
    bytes: DATA,
    PaneId: _PANE,
    PaneId | None: optional(_PANE),
    AgentId: FieldKind("the id of a session or a pane", _id(_parse_agent_id)),
    tuple[PaneId, ...]: FieldKind("an array of pane ids", _read_panes, _write_strings),
    SessionId: _SESSION,
    SessionId | None: optional(_SESSION),
    WindowId: FieldKind("a window id such as '@2'", _id(parse_window_id)),
    Mapping[str, object]: FieldKind("an object", _exactly(dict)),
    tuple[str, ...]: FieldKind("an array of strings", _read_strings, _write_strings),
}
"""By the annotation of the field."""
