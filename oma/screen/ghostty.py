"""The terminal library that pyghostty ships, called directly; the one module that knows of it.

The Python layer of pyghostty 0.1.3 parses its whole C interface at import: 115 ms of a command
that should answer in less. A screen needs twelve of its functions, and these load in 5 ms. The
library describes its own interface (`ghostty_type_json`): numbers of options are looked up there
by name, and the struct layouts below are compared with it before any other call.
"""

# ctypes reads `_fields_` once, so that narrowing its type in a subclass harms nobody.
# mypy: disable-error-code="mutable-override"

import ctypes
import json
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict

import attrs

SUCCESS = 0
OUT_OF_SPACE = -3
PLAIN_TEXT, WITH_SEQUENCES = 0, 1

_NAMES = ("libghostty-vt.so", "libghostty-vt.dylib")


def _flags(*names: str) -> tuple[tuple[str, type[ctypes.c_bool]], ...]:
    return tuple((name, ctypes.c_bool) for name in names)


class Coordinate(ctypes.Structure):
    """A cell, counted from 0."""

    _fields_ = (("x", ctypes.c_uint16), ("y", ctypes.c_uint32))


class PointValue(ctypes.Structure):
    """The arm that every coordinate system uses, laid out as the library's union.

    libffi cannot pass unions by value; a struct of the same layout is passed in the same way.
    """

    _fields_ = (("coordinate", Coordinate), ("_padding", ctypes.c_uint64))


class Point(ctypes.Structure):
    """A cell of the coordinate system `tag`."""

    _fields_ = (("tag", ctypes.c_int), ("value", PointValue))


class GridRef(ctypes.Structure):
    """A place in the grid, valid until the terminal changes."""

    _fields_ = (
        ("size", ctypes.c_size_t),
        ("node", ctypes.c_void_p),
        ("x", ctypes.c_uint16),
        ("y", ctypes.c_uint16),
    )


class Selection(ctypes.Structure):
    """The cells from `start` to `end`, both included."""

    _fields_ = (
        ("size", ctypes.c_size_t),
        ("start", GridRef),
        ("end", GridRef),
        ("rectangle", ctypes.c_bool),
    )


class FormatOptions(ctypes.Structure):
    """How a selection is written out."""

    _fields_ = (
        ("size", ctypes.c_size_t),
        ("emit", ctypes.c_int),
        *_flags("unwrap", "trim"),
        ("selection", ctypes.POINTER(Selection)),
    )


class ScreenExtras(ctypes.Structure):
    """What a formatter adds to the text of a screen."""

    _fields_ = (
        ("size", ctypes.c_size_t),
        *_flags("cursor", "style", "hyperlink", "protection", "kitty_keyboard", "charsets"),
    )


class Extras(ctypes.Structure):
    """What a formatter adds of the terminal's own state."""

    _fields_ = (
        ("size", ctypes.c_size_t),
        *_flags("palette", "modes", "scrolling_region", "tabstops", "pwd", "keyboard"),
        ("screen", ScreenExtras),
    )


class FormatterOptions(ctypes.Structure):
    """How a terminal is written out; all of it, where there is no selection."""

    _fields_ = (
        ("size", ctypes.c_size_t),
        ("emit", ctypes.c_int),
        *_flags("unwrap", "trim"),
        ("extra", Extras),
        ("selection", ctypes.POINTER(Selection)),
    )


_LAYOUTS = {
    "GhosttyPointCoordinate": Coordinate,
    "GhosttyPointValue": PointValue,
    "GhosttyPoint": Point,
    "GhosttyGridRef": GridRef,
    "GhosttySelection": Selection,
    "GhosttyTerminalSelectionFormatOptions": FormatOptions,
    "GhosttyFormatterScreenExtra": ScreenExtras,
    "GhosttyFormatterTerminalExtra": Extras,
    "GhosttyFormatterTerminalOptions": FormatterOptions,
}

_VALUES = {
    "GhosttyResult": {"SUCCESS": SUCCESS, "OUT_OF_SPACE": OUT_OF_SPACE},
    "GhosttyPointTag": {"ACTIVE": 0},
    "GhosttyFormatterFormat": {"PLAIN": PLAIN_TEXT, "VT": WITH_SEQUENCES},
    "GhosttyTerminalScreen": {"PRIMARY": 0, "ALTERNATE": 1},
}
"""Numbers that this package writes as they are; zero is what a fresh struct holds."""


_INT, _SIZE, _CELLS = ctypes.c_int, ctypes.c_size_t, ctypes.c_uint16
_POINTER = ctypes.c_void_p
"""To a terminal, a formatter, or what is passed by reference."""

_SIGNATURES: dict[str, tuple[type | None, tuple[type, ...]]] = {
    "terminal_new": (_INT, (_POINTER, _POINTER, _CELLS, _CELLS)),
    "terminal_free": (None, (_POINTER,)),
    "terminal_set": (_INT, (_POINTER, _INT, _POINTER)),
    "terminal_get": (_INT, (_POINTER, _INT, _POINTER)),
    "terminal_get_multi": (_INT, (_POINTER, _SIZE, _POINTER, _POINTER, _POINTER)),
    "terminal_vt_write": (None, (_POINTER, ctypes.c_char_p, _SIZE)),
    "terminal_grid_ref": (_INT, (_POINTER, Point, _POINTER)),
    "terminal_selection_format_buf": (_INT, (_POINTER, FormatOptions, _POINTER, _SIZE, _POINTER)),
    "terminal_continuation_buf": (_INT, (_POINTER, _POINTER, _SIZE, _POINTER)),
    "formatter_terminal_new": (_INT, (_POINTER, _POINTER, _POINTER, FormatterOptions)),
    "formatter_format_buf": (_INT, (_POINTER, _POINTER, _SIZE, _POINTER)),
    "formatter_free": (None, (_POINTER,)),
}
"""Function → what it returns, and what it takes."""


class _FieldOffset(TypedDict):
    offset: int


class _Described(TypedDict):
    size: int
    fields: dict[str, _FieldOffset]


class Numbers(ctypes.Structure):
    """The numbers that a look at a screen asks for; their names are those of the library."""

    _fields_ = (
        ("VT_PROCESSING_ERROR", ctypes.c_uint32),
        ("ACTIVE_SCREEN", ctypes.c_uint32),
        ("CURSOR_X", ctypes.c_uint32),
        ("CURSOR_Y", ctypes.c_uint32),
        ("CURSOR_PENDING_WRAP", ctypes.c_uint32),
        ("CURSOR_VISIBLE", ctypes.c_uint32),
    )


@attrs.frozen
class Library:
    """The library, loaded and compared."""

    calls: ctypes.CDLL
    """Its functions, typed."""
    options: Mapping[str, int]
    """Numbers for `ghostty_terminal_set`, by name."""
    facts: Mapping[str, int]
    """Numbers for `ghostty_terminal_get`, by name."""
    glance: Numbers
    """What `ghostty_terminal_get_multi` writes when it is called with `glance_arguments`."""
    glance_arguments: tuple[object, ...]


@cache
def library() -> Library:
    """Load the library, once.

    Raises:
        ImportError: pyghostty is not installed, or its library is one that this package cannot call.
    """
    calls = ctypes.CDLL(str(_path()))
    calls.ghostty_type_json.restype = ctypes.c_char_p
    types = json.loads(calls.ghostty_type_json())["types"]
    for name, layout in _LAYOUTS.items():
        _compare(name, layout, types[name])
    for name, values in _VALUES.items():
        found = types[name]["values"]
        if any(found.get(key) != number for key, number in values.items()):
            raise ImportError(f"pyghostty is of another version: {name} is {found!r}")
    _declare(calls)
    facts = types["GhosttyTerminalData"]["values"]
    glance = Numbers()
    names = [field[0] for field in Numbers._fields_]
    keys = (ctypes.c_int * len(names))(*(facts[name] for name in names))
    places = [ctypes.addressof(glance) + getattr(Numbers, name).offset for name in names]
    return Library(
        calls,
        types["GhosttyTerminalOption"]["values"],
        facts,
        glance,
        (len(names), keys, (ctypes.c_void_p * len(names))(*places), None),
    )


def _path() -> Path:
    # The package is located and not imported: its import is what costs.
    spec = find_spec("pyghostty")
    for directory in (spec.submodule_search_locations or ()) if spec else ():
        for name in _NAMES:
            path = Path(directory, "_lib", name)
            if path.exists():
                return path
    raise ImportError("pyghostty, or the terminal library in it, is not installed")


def _compare(name: str, layout: type[ctypes.Structure], described: _Described) -> None:
    ours = {field[0]: getattr(layout, field[0]).offset for field in layout._fields_}
    theirs = {key: field["offset"] for key, field in described["fields"].items()}
    if name == "GhosttyPointValue":  # its two arms lie on each other
        theirs["_padding"] = 8
    if ours != theirs or ctypes.sizeof(layout) != described["size"]:
        raise ImportError(f"pyghostty is of another version: {name} is {described!r}")


def _declare(calls: ctypes.CDLL) -> None:
    for name, (result, arguments) in _SIGNATURES.items():
        function = getattr(calls, f"ghostty_{name}")
        function.restype = result
        function.argtypes = arguments
