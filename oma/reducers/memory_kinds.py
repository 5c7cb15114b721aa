"""How what the fold remembers is spelled in JSON, and read back: every time as seconds before a moment.

What is read comes from a file or a socket, so each kind refuses what it did not write.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

_MOST_S = 1e12
"""More than this lies no moment of a log before another."""


class MemoryMismatchError(ValueError):
    """Something was not written by this version of `oma`; never leaves this package."""


class MemoryKind(NamedTuple):
    """How values of one kind are written and read, at a moment of the log."""

    write: Callable[[Any, float], object]
    read: Callable[[object, float], Any]
    """Raises `MemoryMismatchError`."""


def exactly(wanted: type) -> MemoryKind:
    """Return the kind of the values of one type that JSON knows."""

    def read(value: object, _t: float) -> object:
        if type(value) is wanted:
            return value
        raise MemoryMismatchError

    return MemoryKind(lambda value, _t: value, read)


def one_of(wanted: Callable[[str], object]) -> MemoryKind:
    """Return the kind of an enumeration of strings."""

    def read(value: object, _t: float) -> object:
        try:
            return wanted(value if isinstance(value, str) else "")
        except ValueError:
            raise MemoryMismatchError from None

    return MemoryKind(lambda value, _t: str(value), read)


def optional(kind: MemoryKind) -> MemoryKind:
    """Return the kind of what may be `None`."""

    def write(value: Any, t: float) -> object:  # noqa: ANN401  # of any kind
        return None if value is None else kind.write(value, t)

    return MemoryKind(write, lambda value, t: None if value is None else kind.read(value, t))


def many(kind: MemoryKind) -> MemoryKind:
    """Return the kind of a tuple."""

    def read(value: object, t: float) -> object:
        return tuple([kind.read(each, t) for each in _checked(value, list)])

    return MemoryKind(lambda value, t: [kind.write(each, t) for each in value], read)


def pair(kind: MemoryKind) -> MemoryKind:
    """Return the kind of a tuple of two."""
    several = many(kind)

    def read(value: object, t: float) -> object:
        if len(_checked(value, list)) != 2:
            raise MemoryMismatchError
        return several.read(value, t)

    return MemoryKind(several.write, read)


def named(kind: MemoryKind) -> MemoryKind:
    """Return the kind of a dictionary by strings."""

    def read(value: object, t: float) -> object:
        return {name: kind.read(each, t) for name, each in _checked(value, dict).items()}

    return MemoryKind(lambda value, t: {n: kind.write(each, t) for n, each in value.items()}, read)


def numbered(kind: MemoryKind) -> MemoryKind:
    """Return the kind of a dictionary by integers, which JSON has not: an array of pairs."""

    def read(value: object, t: float) -> object:
        pairs = [_checked(pair, list) for pair in _checked(value, list)]
        if any(len(pair) != 2 or type(pair[0]) is not int for pair in pairs):
            raise MemoryMismatchError
        return {number: kind.read(each, t) for number, each in pairs}

    return MemoryKind(
        lambda value, t: [[n, kind.write(each, t)] for n, each in value.items()], read
    )


def value_of(make: Callable[..., object], **fields: MemoryKind) -> MemoryKind:
    """Return the kind of a value that its class makes of these fields."""

    def read(value: object, t: float) -> object:
        return make(**_fields(value, fields, t))

    return MemoryKind(lambda value, t: written(value, fields, t), read)


def written(owner: object, fields: Mapping[str, MemoryKind], t: float) -> dict[str, object]:
    """Return these fields of an owner, ready for JSON."""
    return {name.strip("_"): kind.write(getattr(owner, name), t) for name, kind in fields.items()}


def recall(owner: object, fields: Mapping[str, MemoryKind], memory: object, t: float) -> None:
    """Set these fields of an owner to what `written` gave.

    Raises:
        MemoryMismatchError: It gave no such thing; nothing was set.
    """
    for name, value in _fields(memory, fields, t).items():
        setattr(owner, name, value)


def _fields(memory: object, fields: Mapping[str, MemoryKind], t: float) -> dict[str, Any]:
    known = _checked(memory, dict)
    try:
        return {name: kind.read(known[name.strip("_")], t) for name, kind in fields.items()}
    except KeyError:
        raise MemoryMismatchError from None


def _checked(value: object, wanted: type) -> Any:  # noqa: ANN401  # what JSON gave
    if type(value) is not wanted:
        raise MemoryMismatchError
    return value


def _write_time(value: float, t: float) -> object:
    return round(t - value, 6) if math.isfinite(value) else str(value)


def _read_time(value: object, t: float) -> float:
    if isinstance(value, str) and value in {"inf", "-inf"}:
        return float(value)
    return round(t - _read_number(value, t), 6)


def _read_number(value: object, _t: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= _MOST_S:
        raise MemoryMismatchError
    return float(value)


TIME = MemoryKind(_write_time, _read_time)
"""A moment, in seconds of the log; may be infinite."""
NUMBER = MemoryKind(lambda value, _t: value, _read_number)
COUNT = exactly(int)
TEXT = exactly(str)
FLAG = exactly(bool)
